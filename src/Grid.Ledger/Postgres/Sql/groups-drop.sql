DELETE FROM groups
WHERE lane = $1 AND page <= (
    SELECT max(oldest.page)
    FROM (SELECT page, at FROM groups WHERE lane = $1 ORDER BY page LIMIT $3) AS oldest
    WHERE oldest.at < now() - make_interval(secs => $2))
