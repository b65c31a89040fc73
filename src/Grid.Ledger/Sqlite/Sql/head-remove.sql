DELETE FROM heads WHERE partition = ?1 AND id = ?2
