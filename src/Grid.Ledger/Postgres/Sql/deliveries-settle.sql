-- Meanwhile a pending delivery may have been dropped with its trigger: a late attempt does not bring it back, but it may have arrived (1).
UPDATE deliveries AS d
SET status = a.status, reason = a.reason, attempts = a.attempts, due_at = a.due_at, changed_at = a.changed_at,
    response_status = a.response_status, response = a.response
FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::integer[], $8::text[])
    AS a (number, status, reason, attempts, due_at, changed_at, response_status, response)
WHERE d.number = a.number AND (d.status = 0 OR a.status = 1)
