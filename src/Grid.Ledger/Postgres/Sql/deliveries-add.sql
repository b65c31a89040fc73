INSERT INTO deliveries (id, trigger, endpoint, customer, sequence, status, reason, due_at, created_at, changed_at, effective_at, payload)
SELECT id, trigger, endpoint, customer, sequence, status, reason, due_at, created_at, created_at, effective_at, payload
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bytea[])
    WITH ORDINALITY AS r (id, trigger, endpoint, customer, sequence, status, reason, due_at, created_at, effective_at, payload, place)
ORDER BY place
ON CONFLICT (id) DO NOTHING
