UPDATE journal SET page = ?2 WHERE sequence = ?1
