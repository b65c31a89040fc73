SELECT id, version, due_at, state FROM customers WHERE id = ANY ($1)
