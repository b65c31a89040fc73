SELECT id, head FROM heads WHERE partition = ?1 ORDER BY id
