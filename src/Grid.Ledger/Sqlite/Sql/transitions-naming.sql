SELECT last FROM transitions WHERE last <= ?1 AND instr(page, ?2) > 0 ORDER BY last
