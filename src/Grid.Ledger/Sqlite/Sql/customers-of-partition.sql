-- CROSS JOIN fixes the order: the heads of the partition first, then the row of each.
SELECT c.id, c.version, c.due_at, c.state, c.checksum FROM heads AS h CROSS JOIN customers AS c ON c.id = h.id WHERE h.partition = ?1 ORDER BY h.id
