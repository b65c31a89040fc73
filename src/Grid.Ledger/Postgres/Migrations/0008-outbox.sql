-- How far each trigger has read the log, and its state as of that position. Written with the rows that follow from what it read.
CREATE TABLE trigger_positions (
    trigger  text COLLATE "C" NOT NULL PRIMARY KEY,
    position text  NOT NULL,
    state    bytea NOT NULL
) WITH (fillfactor = 50);

-- One row per delivery, also of one that was decided against. Numbers never return. The status is a number of DeliveryStatus; 0 is pending and
-- 2 parked. "changed_at" is the instant of the last attempt or decision.
CREATE TABLE deliveries (
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              text COLLATE "C" NOT NULL UNIQUE,
    trigger         text COLLATE "C" NOT NULL,
    endpoint        text COLLATE "C" NOT NULL,
    customer        text COLLATE "C" NOT NULL,
    sequence        text     NOT NULL,
    status          smallint NOT NULL,
    reason          text,
    due_at          bigint   NOT NULL,
    created_at      bigint   NOT NULL,
    effective_at    bigint   NOT NULL,
    changed_at      bigint   NOT NULL,
    attempts        integer  NOT NULL DEFAULT 0,
    response_status integer,
    response        text,
    payload         bytea    NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX deliveries_pending ON deliveries (endpoint, number) WHERE status = 0;
CREATE INDEX deliveries_parked ON deliveries (endpoint, number) WHERE status = 2;
CREATE INDEX deliveries_settled ON deliveries (changed_at, number) WHERE status NOT IN (0, 2);

-- Holds all columns by which deliveries are counted.
CREATE INDEX deliveries_by_trigger ON deliveries (trigger, number) INCLUDE (endpoint, status);
CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint, number);
CREATE INDEX deliveries_by_customer ON deliveries (customer, number);

-- Removed deliveries, counted by the UTC day on which they were created; "day" is its start in milliseconds.
CREATE TABLE delivery_days (
    trigger  text COLLATE "C" NOT NULL,
    endpoint text COLLATE "C" NOT NULL,
    day      bigint   NOT NULL,
    status   smallint NOT NULL,
    total    bigint   NOT NULL,
    PRIMARY KEY (trigger, endpoint, day, status)
);
