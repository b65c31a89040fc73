-- Of the id and the state, and the version it was taken of; none for a row that has not been written since.
ALTER TABLE customers ADD COLUMN checksum INTEGER;
