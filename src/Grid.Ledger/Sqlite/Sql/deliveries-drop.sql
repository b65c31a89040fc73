UPDATE deliveries
SET status = 5, reason = ?4, changed_at = ?3
WHERE number IN (SELECT number FROM deliveries WHERE number > ?1 /* filter */ ORDER BY number LIMIT ?2)
RETURNING number
