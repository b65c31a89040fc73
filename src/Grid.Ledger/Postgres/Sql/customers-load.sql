SELECT id, version, due_at, state, checksum FROM customers WHERE id = ANY ($1)
