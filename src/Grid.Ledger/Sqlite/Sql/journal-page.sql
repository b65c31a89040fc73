SELECT page FROM journal WHERE sequence = ?1
