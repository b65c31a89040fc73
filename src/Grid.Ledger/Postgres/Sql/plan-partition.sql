-- For the transaction at hand: the index of partitions, and a plan for all rows instead of the first ones, which would walk the primary key.
SELECT set_config('enable_seqscan', 'off', true), set_config('cursor_tuple_fraction', '1', true)
