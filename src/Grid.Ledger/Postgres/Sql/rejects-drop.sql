DELETE FROM rejects WHERE sequence <= (SELECT value FROM counters WHERE name = 'rejects') - $1
