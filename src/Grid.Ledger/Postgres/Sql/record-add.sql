INSERT INTO records AS r (name, key, tag, payload) VALUES ($1, $2, 1, $3)
ON CONFLICT (name, key) DO UPDATE SET tag = r.tag + 1, payload = excluded.payload WHERE r.payload IS NULL
RETURNING tag
