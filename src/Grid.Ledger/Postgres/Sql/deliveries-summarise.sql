-- The order of the counts excludes deadlocks between processes that summarise at the same time; each takes other rows.
WITH chosen AS (
    SELECT number FROM deliveries
    WHERE status NOT IN (0, 2) AND changed_at < $1 ORDER BY changed_at, number LIMIT $2 FOR UPDATE SKIP LOCKED
), removed AS (
    DELETE FROM deliveries AS d USING chosen WHERE d.number = chosen.number RETURNING d.trigger, d.endpoint, d.created_at, d.status
), counted AS (
    INSERT INTO delivery_days AS d (trigger, endpoint, day, status, total)
    SELECT trigger, endpoint, created_at - created_at % 86400000, status, count(*) FROM removed GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (trigger, endpoint, day, status) DO UPDATE SET total = d.total + excluded.total
)
SELECT count(*)::integer FROM removed
