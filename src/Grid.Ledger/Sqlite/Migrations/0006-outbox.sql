-- How far each trigger has read the log, and its state as of that position. Written with the rows that follow from what it read.
CREATE TABLE trigger_positions (
    trigger  TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL,
    state    BLOB NOT NULL
) WITHOUT ROWID;

-- One row per delivery, also of one that was decided against. Numbers never return. The status is a number of DeliveryStatus; 0 is pending and
-- 2 parked. "changed_at" is the instant of the last attempt or decision.
CREATE TABLE deliveries (
    number          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id              TEXT    NOT NULL UNIQUE,
    trigger         TEXT    NOT NULL,
    endpoint        TEXT    NOT NULL,
    customer        TEXT    NOT NULL,
    sequence        TEXT    NOT NULL,
    status          INTEGER NOT NULL,
    reason          TEXT,
    due_at          INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    effective_at    INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    response_status INTEGER,
    response        TEXT,
    payload         BLOB    NOT NULL
);

-- They name the status although it is always the same: SQLite then prefers them to the index of all of an endpoint's rows.
CREATE INDEX deliveries_pending ON deliveries (status, endpoint, number) WHERE status = 0;
CREATE INDEX deliveries_parked ON deliveries (status, endpoint, number) WHERE status = 2;
CREATE INDEX deliveries_settled ON deliveries (changed_at, number) WHERE status NOT IN (0, 2);

-- Holds all columns by which deliveries are counted.
CREATE INDEX deliveries_by_trigger ON deliveries (trigger, number, endpoint, status);
CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint, number);
CREATE INDEX deliveries_by_customer ON deliveries (customer, number);

-- Removed deliveries, counted by the UTC day on which they were created; "day" is its start in milliseconds.
CREATE TABLE delivery_days (
    trigger  TEXT    NOT NULL,
    endpoint TEXT    NOT NULL,
    day      INTEGER NOT NULL,
    status   INTEGER NOT NULL,
    total    INTEGER NOT NULL,
    PRIMARY KEY (trigger, endpoint, day, status)
) WITHOUT ROWID;
