-- A customer's newest row as of the last checkpoint; what came later is in the journal.
CREATE TABLE customers (
    id      TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    due_at  INTEGER,
    state   BLOB    NOT NULL
) WITHOUT ROWID;

-- Versions and deadlines without the states. It follows the order of the rows, because an index ordered by deadline would make a
-- checkpoint write a random page for each row; deadlines are found by reading it through (some 40 bytes a customer).
CREATE INDEX customers_head ON customers (id, version, due_at);

-- The deltas of a group, until the rows they lead to are written.
CREATE TABLE journal (
    sequence INTEGER NOT NULL PRIMARY KEY,
    page     BLOB    NOT NULL
);

-- The transitions of a group; "last" is the number of the last one.
CREATE TABLE transitions (
    last INTEGER NOT NULL PRIMARY KEY,
    page BLOB    NOT NULL
);

CREATE TABLE rejects (
    sequence    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    customer    TEXT,
    message_id  TEXT,
    reason      TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    raw         BLOB    NOT NULL
);

-- A record that was cleared keeps its tag, so that tags never return.
CREATE TABLE records (
    name    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    tag     INTEGER NOT NULL,
    payload BLOB,
    PRIMARY KEY (name, key)
) WITHOUT ROWID;

-- Customers whose names are still to be removed from the log up to "head". The number stands in for the name afterwards.
CREATE TABLE erasures (
    number   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer TEXT    NOT NULL,
    head     INTEGER NOT NULL
);
