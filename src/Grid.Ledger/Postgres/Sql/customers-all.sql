DECLARE everyone NO SCROLL CURSOR FOR SELECT id, version, due_at, state FROM customers ORDER BY id
