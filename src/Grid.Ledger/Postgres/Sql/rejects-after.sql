SELECT sequence, received_at, customer, message_id, reason, place, raw FROM rejects WHERE sequence > $1 ORDER BY sequence LIMIT $2
