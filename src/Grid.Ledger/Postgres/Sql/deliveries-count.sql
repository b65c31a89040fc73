SELECT trigger, endpoint, status, sum(total)::bigint
FROM (
    SELECT trigger, endpoint, status, count(*) AS total FROM deliveries WHERE true /* filter */ GROUP BY trigger, endpoint, status
    UNION ALL
    SELECT trigger, endpoint, status, total FROM delivery_days WHERE true /* filter */
) AS counted
GROUP BY trigger, endpoint, status ORDER BY trigger, endpoint, status
