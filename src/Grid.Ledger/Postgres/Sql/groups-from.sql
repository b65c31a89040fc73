-- The first group to be told to a reader at transition $2, and whether groups that came after that place were dropped already.
SELECT page, last - transitions > $2 AND page > 1 FROM groups WHERE lane = $1 AND last >= $2 ORDER BY last, page LIMIT 1
