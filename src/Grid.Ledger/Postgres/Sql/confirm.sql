-- A transaction that writes nothing but its own end, which is durable after everything committed before it.
SELECT pg_logical_emit_message(true, 'grid', '')
