INSERT INTO erasures (customer, head) VALUES (?1, ?2)
