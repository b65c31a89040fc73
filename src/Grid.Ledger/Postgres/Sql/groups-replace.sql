UPDATE groups SET customers = $3 WHERE lane = $1 AND page = $2
