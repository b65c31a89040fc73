-- The repeat of a record whose answer was lost matches what it wrote. It writes it again, so that its own commit makes the first one durable.
UPDATE trigger_positions SET position = $2, state = $3 WHERE trigger = $1 AND (position = $4 OR (position = $2 AND state = $3))
