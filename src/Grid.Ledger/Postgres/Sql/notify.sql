-- A notification need not be durable, so its transaction does not wait for a flush.
SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)
