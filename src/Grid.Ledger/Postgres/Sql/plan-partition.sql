-- For this transaction only: the index of partitions, and a plan for all rows. A plan for the first rows would walk the primary key.
SELECT set_config('enable_seqscan', 'off', true), set_config('cursor_tuple_fraction', '1', true)
