SELECT id, version FROM customers WHERE id = ANY ($1)
