DELETE FROM rejects WHERE customer = $1
