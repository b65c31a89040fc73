-- The repeat of a record whose answer was lost matches what it wrote.
INSERT INTO trigger_positions (trigger, position, state) VALUES (?1, ?2, ?3)
ON CONFLICT (trigger) DO UPDATE SET state = excluded.state WHERE position = excluded.position AND state = excluded.state
