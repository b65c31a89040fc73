SELECT version, due_at, state FROM customers WHERE id = ?1
