DELETE FROM deliveries WHERE customer = ?1
