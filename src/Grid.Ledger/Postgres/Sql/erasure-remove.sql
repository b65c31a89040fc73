DELETE FROM erasures WHERE number = $1
