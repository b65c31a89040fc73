DECLARE everyone NO SCROLL CURSOR FOR SELECT id, version, due_at, state, checksum FROM customers ORDER BY id
