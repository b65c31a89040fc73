SELECT id, version, due_at, state, checksum FROM customers ORDER BY id
