INSERT INTO customers (id, version, due_at, state, checksum) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, due_at = excluded.due_at, state = excluded.state, checksum = excluded.checksum
