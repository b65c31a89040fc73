INSERT INTO journal (sequence, page) VALUES (?1, ?2)
