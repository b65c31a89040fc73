SELECT page, last FROM groups WHERE lane = $1 AND page > $2 AND writer = $3 AND turn = $4
