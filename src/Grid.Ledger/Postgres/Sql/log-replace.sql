UPDATE log SET page = $3 WHERE lane = $1 AND last = $2
