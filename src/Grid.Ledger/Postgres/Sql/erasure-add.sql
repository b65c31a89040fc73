INSERT INTO erasures (number, customer, lane, head, page) VALUES ($1, $2, $3, $4, $5)
