SELECT tag, payload FROM records WHERE name = $1 AND key = $2
