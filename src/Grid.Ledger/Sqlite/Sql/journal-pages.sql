SELECT sequence, page FROM journal ORDER BY sequence
