SELECT trigger, endpoint, status, sum(total)
FROM (
    SELECT trigger, endpoint, status, count(*) AS total FROM deliveries WHERE 1 = 1 /* filter */ GROUP BY trigger, endpoint, status
    UNION ALL
    SELECT trigger, endpoint, status, total FROM delivery_days WHERE 1 = 1 /* filter */
)
GROUP BY trigger, endpoint, status ORDER BY trigger, endpoint, status
