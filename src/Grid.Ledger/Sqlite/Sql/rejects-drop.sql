DELETE FROM rejects WHERE sequence <= (SELECT max(sequence) FROM rejects) - ?1
