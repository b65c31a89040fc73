-- Both statements choose the same rows, because no other connection writes between them.
INSERT INTO delivery_days (trigger, endpoint, day, status, total)
SELECT trigger, endpoint, created_at - created_at % 86400000, status, count(*)
FROM (
    SELECT trigger, endpoint, created_at, status FROM deliveries
    WHERE status NOT IN (0, 2) AND changed_at < ?1 ORDER BY changed_at, number LIMIT ?2
)
WHERE 1 = 1 GROUP BY 1, 2, 3, 4
ON CONFLICT (trigger, endpoint, day, status) DO UPDATE SET total = total + excluded.total;

DELETE FROM deliveries WHERE number IN (
    SELECT number FROM deliveries WHERE status NOT IN (0, 2) AND changed_at < ?1 ORDER BY changed_at, number LIMIT ?2
);

SELECT changes()
