SELECT id, due_at FROM customers WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2
