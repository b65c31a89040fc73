SELECT number, customer, lane, head, page FROM erasures ORDER BY number LIMIT 1 FOR UPDATE
