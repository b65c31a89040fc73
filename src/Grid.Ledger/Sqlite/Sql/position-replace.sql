-- The repeat of a record whose answer was lost matches what it wrote.
UPDATE trigger_positions SET position = ?2, state = ?3 WHERE trigger = ?1 AND (position = ?4 OR (position = ?2 AND state = ?3))
