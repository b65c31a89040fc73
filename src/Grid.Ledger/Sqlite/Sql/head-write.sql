INSERT INTO heads (partition, id, version, due_at, head) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (partition, id) DO UPDATE SET version = excluded.version, due_at = excluded.due_at, head = excluded.head
