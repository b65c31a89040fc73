SELECT last, page FROM log WHERE lane = $1 AND last > $2 AND last <= $3 AND position($4 IN page) > 0 ORDER BY last LIMIT $5 FOR UPDATE
