SELECT min(due_at) FROM customers
