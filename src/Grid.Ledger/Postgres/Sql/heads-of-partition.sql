DECLARE everyone NO SCROLL CURSOR FOR
SELECT id, version, due_at, substring(state FROM 1 FOR $2) FROM customers WHERE (('x' || substr(md5(id), 1, 2))::bit(8)::integer & 63) = $1
