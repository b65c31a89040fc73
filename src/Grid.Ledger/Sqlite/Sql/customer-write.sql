INSERT INTO customers (id, version, due_at, state) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, due_at = excluded.due_at, state = excluded.state
