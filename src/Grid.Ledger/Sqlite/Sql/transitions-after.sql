SELECT last, page FROM transitions WHERE last > ?1 ORDER BY last
