-- A customer's newest row. The order of ids is that of their bytes everywhere. A quarter of each page is left free, so that an update
-- finds room on the page of the row it replaces and no index is touched; for the same reason deadlines have no index. States stay
-- beside their row up to a page and are not compressed: they are dense already.
CREATE TABLE customers (
    id      text COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    due_at  bigint,
    state   bytea  NOT NULL
) WITH (fillfactor = 75, toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.1);

ALTER TABLE customers ALTER COLUMN state SET STORAGE EXTERNAL;

-- Where each lane ends: the number of its last group and of its last transition, and the edition of the rules below which it refuses
-- changes. The lock of this row is what makes numbers visible in their order; it is held from when a group is numbered until it is durable.
CREATE TABLE lanes (
    lane    smallint NOT NULL PRIMARY KEY,
    page    bigint   NOT NULL,
    head    bigint   NOT NULL,
    edition bigint   NOT NULL
) WITH (fillfactor = 10);

-- The transitions of a group; "last" is the number of the last one in its lane. Kept for ever.
CREATE TABLE log (
    lane smallint NOT NULL,
    last bigint   NOT NULL,
    page bytea    NOT NULL,
    PRIMARY KEY (lane, last)
);

ALTER TABLE log ALTER COLUMN page SET STORAGE EXTERNAL;

-- Every group, with or without transitions, so that the other processes learn which customers changed; dropped after a while.
-- A writer and its turn name an attempt, so that a writer whose connection broke can see whether its group was committed.
CREATE TABLE groups (
    lane        smallint    NOT NULL,
    page        bigint      NOT NULL,
    last        bigint      NOT NULL,
    transitions integer     NOT NULL,
    writer      bigint      NOT NULL,
    turn        bigint      NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    customers   bytea       NOT NULL,
    PRIMARY KEY (lane, page)
);

ALTER TABLE groups ALTER COLUMN customers SET STORAGE EXTERNAL;

CREATE INDEX groups_last ON groups (lane, last);

CREATE TABLE rejects (
    sequence    bigint NOT NULL PRIMARY KEY,
    received_at bigint NOT NULL,
    customer    text,
    message_id  text,
    reason      text   NOT NULL,
    place       text   NOT NULL,
    raw         bytea  NOT NULL
);

-- A record that was cleared keeps its tag, so that tags never return.
CREATE TABLE records (
    name    text COLLATE "C" NOT NULL,
    key     text COLLATE "C" NOT NULL,
    tag     bigint NOT NULL,
    payload bytea,
    PRIMARY KEY (name, key)
);

-- Customers whose names are still to be removed from the log of their lane, up to "head" and "page". The number stands in for the name.
CREATE TABLE erasures (
    number   bigint   NOT NULL PRIMARY KEY,
    customer text COLLATE "C" NOT NULL,
    lane     smallint NOT NULL,
    head     bigint   NOT NULL,
    page     bigint   NOT NULL
);

-- Numbers given out under the lock of their row, so that like those of a lane they become visible in their order.
CREATE TABLE counters (
    name  text COLLATE "C" NOT NULL PRIMARY KEY,
    value bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO counters (name, value) VALUES ('writers', 0), ('rejects', 0), ('erasures', 0);
