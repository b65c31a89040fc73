INSERT INTO groups (lane, page, last, transitions, writer, turn, customers) VALUES ($1, $2, $3, 0, 0, 0, $4)
