UPDATE records SET tag = tag + 1, payload = $3 WHERE name = $1 AND key = $2 AND tag = $4 AND payload IS NOT NULL RETURNING tag
