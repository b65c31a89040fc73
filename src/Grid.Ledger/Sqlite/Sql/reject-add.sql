INSERT INTO rejects (received_at, customer, message_id, reason, place, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
