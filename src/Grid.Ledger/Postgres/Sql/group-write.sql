-- One group: the rows in the order of their ids, then the numbers under the lane's lock, then the pages under those numbers.
-- It is all or nothing. Where a row is not at the version before ($16 counts what must be written) or the rules are of an edition no longer
-- in force, no numbers are given, and the page without a number is refused by its column: the statement fails with not_null_violation.
WITH updated AS (
    UPDATE customers AS c
    SET version = u.version, due_at = nullif(u.due_at, 9223372036854775807), state = u.state
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[]) AS u (id, version, due_at, state)
    WHERE c.id = u.id AND c.version = u.version - 1
    RETURNING 1
), inserted AS (
    INSERT INTO customers (id, version, due_at, state)
    SELECT n.id, n.version, nullif(n.due_at, 9223372036854775807), n.state
    FROM unnest($5::text[], $6::bigint[], $7::bigint[], $8::bytea[]) AS n (id, version, due_at, state)
    ON CONFLICT (id) DO NOTHING
    RETURNING 1
), numbered AS (
    UPDATE lanes
    SET page = page + 1, head = head + $11
    WHERE lane = $9 AND edition <= $10 AND (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted) = $16
    RETURNING page, head
), logged AS (
    INSERT INTO log (lane, last, page)
    SELECT $9, head, $12 FROM numbered WHERE $11 > 0
)
INSERT INTO groups (lane, page, last, transitions, writer, turn, customers)
SELECT $9, numbered.page, numbered.head, $11, $14, $15, $13
FROM (SELECT) AS always LEFT JOIN numbered ON true
RETURNING page, last
