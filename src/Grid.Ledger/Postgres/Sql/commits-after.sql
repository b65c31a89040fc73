SELECT page, last, customers FROM groups WHERE lane = $1 AND page > $2 ORDER BY page LIMIT $3
