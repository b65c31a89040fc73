-- Of the id and the state, and the version it was taken of. None for a row that has not been written since, and that of an earlier version
-- for one that a build without checksums has written, which may run beside this one.
ALTER TABLE customers ADD COLUMN checksum bigint;
