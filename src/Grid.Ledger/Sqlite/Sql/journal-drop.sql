DELETE FROM journal WHERE sequence <= ?1
