-- Meanwhile a pending delivery may have been dropped with its trigger: a late attempt does not bring it back, but it may have arrived (1).
UPDATE deliveries
SET status = ?2, reason = ?3, attempts = ?4, due_at = ?5, changed_at = ?6, response_status = ?7, response = ?8
WHERE number = ?1 AND (status = 0 OR ?2 = 1)
