UPDATE transitions SET page = ?2 WHERE last = ?1
