INSERT INTO transitions (last, page) VALUES (?1, ?2)
