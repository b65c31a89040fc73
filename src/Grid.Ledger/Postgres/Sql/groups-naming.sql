SELECT page, customers FROM groups WHERE lane = $1 AND page > $2 AND page < $3 AND position($4 IN customers) > 0 ORDER BY page LIMIT $5 FOR UPDATE
