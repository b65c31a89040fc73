SELECT id, version, due_at, head FROM heads WHERE partition = ?1 ORDER BY id
