SELECT number, customer, lane, head, page FROM erasures WHERE number = $1 FOR UPDATE
