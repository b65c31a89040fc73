SELECT number, id, trigger, endpoint, customer, sequence, status, reason, due_at, created_at, effective_at, payload, attempts, changed_at,
    response_status, response
FROM deliveries WHERE number < $1 /* filter */ ORDER BY number DESC LIMIT $2
