-- What must be known of a customer without reading its state; "head" is its measures and layers, packed. The rows of a partition stand
-- together, so that it is read without the others; versions and deadlines are read here too. Written by checkpoints after the rows.
-- partition_of and head_of are functions of this program.
CREATE TABLE heads (
    partition INTEGER NOT NULL,
    id        TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    due_at    INTEGER,
    head      BLOB    NOT NULL,
    PRIMARY KEY (partition, id)
) WITHOUT ROWID;

INSERT INTO heads (partition, id, version, due_at, head)
SELECT partition_of(id), id, version, due_at, head_of(state) FROM customers ORDER BY 1, 2;

DROP INDEX customers_head;
