SELECT page FROM transitions WHERE last = ?1
