SELECT id, due_at FROM customers INDEXED BY customers_head WHERE due_at <= ?1
