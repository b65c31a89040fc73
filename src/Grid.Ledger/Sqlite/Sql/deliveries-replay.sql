UPDATE deliveries
SET status = 0, reason = NULL, attempts = 0, due_at = ?3, changed_at = ?3
WHERE number IN (SELECT number FROM deliveries WHERE number > ?1 /* filter */ ORDER BY number LIMIT ?2)
RETURNING number
