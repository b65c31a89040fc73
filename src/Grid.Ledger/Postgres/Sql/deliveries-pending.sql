SELECT number, id, trigger, endpoint, customer, sequence, status, reason, due_at, created_at, effective_at, payload, attempts, changed_at,
    response_status, response
FROM deliveries WHERE endpoint = $1 AND status = 0 AND number > $2 ORDER BY number LIMIT $3
