INSERT INTO records (name, key, tag, payload) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (name, key) DO UPDATE SET tag = excluded.tag, payload = excluded.payload
