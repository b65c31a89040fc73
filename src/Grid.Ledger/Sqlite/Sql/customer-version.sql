SELECT version FROM customers INDEXED BY customers_head WHERE id = ?1
