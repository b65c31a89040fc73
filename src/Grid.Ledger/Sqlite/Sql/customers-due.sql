SELECT id, due_at FROM heads WHERE due_at <= ?1
