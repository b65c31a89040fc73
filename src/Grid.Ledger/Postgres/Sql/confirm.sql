-- An empty transaction: its end is durable only after everything committed before it.
SELECT pg_logical_emit_message(true, 'grid', '')
