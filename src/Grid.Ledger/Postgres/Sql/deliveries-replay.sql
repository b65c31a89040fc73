WITH chosen AS (
    SELECT number FROM deliveries WHERE number > $1 /* filter */ ORDER BY number LIMIT $2 FOR UPDATE
)
UPDATE deliveries AS d
SET status = 0, reason = NULL, attempts = 0, due_at = $3, changed_at = $3
FROM chosen WHERE d.number = chosen.number
RETURNING d.number
