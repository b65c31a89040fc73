SELECT number, customer, head FROM erasures ORDER BY number LIMIT 1
