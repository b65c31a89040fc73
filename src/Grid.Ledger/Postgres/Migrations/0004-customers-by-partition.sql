-- The rows of a partition, some 7 bytes a customer. The expression is PartitionOf in SQL, and statements repeat it as it stands here. The id
-- is not a second column: a partition's rows are sorted by the few scans that want their order, and a new customer writes less.
CREATE INDEX customers_by_partition ON customers (((('x' || substr(md5(id), 1, 2))::bit(8)::integer & 63)));
