-- For the transaction that holds the lock: it may last as long as its server, and a machine that vanishes loses it after some six seconds.
-- Settings that this version of PostgreSQL does not know are left out.
WITH wanted (name, value) AS (
    VALUES
        ('idle_in_transaction_session_timeout', '0'),
        ('transaction_timeout', '0'),
        ('tcp_keepalives_idle', '3'),
        ('tcp_keepalives_interval', '1'),
        ('tcp_keepalives_count', '3')
), known AS MATERIALIZED (
    SELECT wanted.name, wanted.value FROM wanted JOIN pg_settings USING (name)
)
SELECT set_config(name, value, true) FROM known
