UPDATE lanes SET page = page + 1 WHERE lane = $1 RETURNING page, head
