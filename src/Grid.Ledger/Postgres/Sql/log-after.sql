SELECT last, page FROM log WHERE lane = $1 AND last > $2 ORDER BY last LIMIT $3
