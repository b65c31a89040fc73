WITH counted AS (
    UPDATE counters SET value = value + cardinality($1::bigint[]) WHERE name = 'rejects' RETURNING value
)
INSERT INTO rejects (sequence, received_at, customer, message_id, reason, place, raw)
SELECT counted.value - cardinality($1::bigint[]) + r.place_in_list, r.received_at, r.customer, r.message_id, r.reason, r.place, r.raw
FROM counted, unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[])
    WITH ORDINALITY AS r (received_at, customer, message_id, reason, place, raw, place_in_list)
