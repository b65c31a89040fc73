-- The repeat of a record whose answer was lost matches what it wrote. It writes it again, so that its own commit makes the first one durable.
INSERT INTO trigger_positions AS t (trigger, position, state) VALUES ($1, $2, $3)
ON CONFLICT (trigger) DO UPDATE SET state = excluded.state WHERE t.position = excluded.position AND t.state = excluded.state
