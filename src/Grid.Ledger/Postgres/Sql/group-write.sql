-- One batch: the rows in the order of their ids, then the numbers under the lane's lock, then the pages under those numbers.
-- All or nothing: when a row is not at the version before ($22 is the number of rows to write), or the epoch of the rules is no longer in
-- force, the lane gives no numbers, and the page's not-null column makes the statement fail with not_null_violation.
-- The states are one value, of which each row takes its part: PostgreSQL would copy an array of states four times.
WITH updated AS (
    UPDATE customers AS c
    SET version = u.version, due_at = nullif(u.due_at, 9223372036854775807), state = substring($5::bytea FROM u.start FOR u.length),
        checksum = u.checksum
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::integer[], $6::integer[], $7::bigint[])
        AS u (id, version, due_at, start, length, checksum)
    WHERE c.id = u.id AND c.version = u.version - 1
    RETURNING 1
), inserted AS (
    INSERT INTO customers (id, version, due_at, state, checksum)
    SELECT n.id, n.version, nullif(n.due_at, 9223372036854775807), substring($12::bytea FROM n.start FOR n.length), n.checksum
    FROM unnest($8::text[], $9::bigint[], $10::bigint[], $11::integer[], $13::integer[], $14::bigint[])
        AS n (id, version, due_at, start, length, checksum)
    ON CONFLICT (id) DO NOTHING
    RETURNING 1
), numbered AS (
    UPDATE lanes
    SET page = page + 1, head = head + $17
    WHERE lane = $15 AND edition <= $16 AND (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted) = $22
    RETURNING page, head
), logged AS (
    INSERT INTO log (lane, last, page)
    SELECT $15, head, $18 FROM numbered WHERE $17 > 0
)
INSERT INTO groups (lane, page, last, transitions, writer, turn, customers)
SELECT $15, numbered.page, numbered.head, $17, $20, $21, $19
FROM (SELECT) AS always LEFT JOIN numbered ON true
RETURNING page, last
