-- One group: the rows in the order of their ids, then the numbers under the lane's lock, then the pages under those numbers.
-- It is all or nothing. Where a row is not at the version before ($20 counts what must be written) or the rules are of an edition no longer
-- in force, no numbers are given, and the page without a number is refused by its column: the statement fails with not_null_violation.
-- States come as one value, of which each row takes its part: an array of them would be copied whole four times on its way.
WITH updated AS (
    UPDATE customers AS c
    SET version = u.version, due_at = nullif(u.due_at, 9223372036854775807), state = substring($5::bytea FROM u.start FOR u.length)
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::integer[], $6::integer[]) AS u (id, version, due_at, start, length)
    WHERE c.id = u.id AND c.version = u.version - 1
    RETURNING 1
), inserted AS (
    INSERT INTO customers (id, version, due_at, state)
    SELECT n.id, n.version, nullif(n.due_at, 9223372036854775807), substring($11::bytea FROM n.start FOR n.length)
    FROM unnest($7::text[], $8::bigint[], $9::bigint[], $10::integer[], $12::integer[]) AS n (id, version, due_at, start, length)
    ON CONFLICT (id) DO NOTHING
    RETURNING 1
), numbered AS (
    UPDATE lanes
    SET page = page + 1, head = head + $15
    WHERE lane = $13 AND edition <= $14 AND (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted) = $20
    RETURNING page, head
), logged AS (
    INSERT INTO log (lane, last, page)
    SELECT $13, head, $16 FROM numbered WHERE $15 > 0
)
INSERT INTO groups (lane, page, last, transitions, writer, turn, customers)
SELECT $13, numbered.page, numbered.head, $15, $18, $19, $17
FROM (SELECT) AS always LEFT JOIN numbered ON true
RETURNING page, last
