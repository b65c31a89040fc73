SELECT g.page, g.last, g.customers, l.page
FROM groups AS g LEFT JOIN log AS l ON l.lane = g.lane AND l.last = g.last AND g.transitions > 0
WHERE g.lane = $1 AND g.page > $2 AND g.page <= $3
ORDER BY g.page
LIMIT $4
