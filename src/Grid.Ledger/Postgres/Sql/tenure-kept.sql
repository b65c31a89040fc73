-- Whether the server is one to write to. That the lock is still held follows from the answer: it ends with the connection only.
SELECT NOT pg_is_in_recovery() AND NOT current_setting('default_transaction_read_only')::boolean
