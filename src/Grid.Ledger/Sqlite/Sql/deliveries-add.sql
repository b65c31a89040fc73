INSERT INTO deliveries (id, trigger, endpoint, customer, sequence, status, reason, due_at, created_at, changed_at, effective_at, payload)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11)
ON CONFLICT (id) DO NOTHING
