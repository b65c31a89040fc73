SELECT version, due_at, state, checksum FROM customers WHERE id = ?1
