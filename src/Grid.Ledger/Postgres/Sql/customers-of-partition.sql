DECLARE everyone NO SCROLL CURSOR FOR
SELECT id, version, due_at, state, checksum FROM customers WHERE (('x' || substr(md5(id), 1, 2))::bit(8)::integer & 63) = $1 ORDER BY id
