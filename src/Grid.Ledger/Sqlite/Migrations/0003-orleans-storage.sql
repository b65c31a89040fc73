-- States of grains as Orleans' storage provider for ADO.NET keeps them. It asks the first table for its statements, by these keys, and gives
-- and reads values by the names used in them. It gives hashes of names as well, which are not needed: the names themselves are the key.
-- A statement that writes or clears takes the version that its grain has read, and changes and answers nothing when that is no longer it.
CREATE TABLE OrleansQuery (
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) WITHOUT ROWID;

-- "key" is what the provider takes for text in a grain's key, "n0" and "n1" what it takes for a number. Cleared states keep their version.
CREATE TABLE grain_states (
    service TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    n0      INTEGER NOT NULL,
    n1      INTEGER NOT NULL,
    key     TEXT    NOT NULL,
    version INTEGER NOT NULL,
    payload BLOB,
    PRIMARY KEY (service, name, n0, n1, key)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('ReadFromStorageKey', '
SELECT payload AS PayloadBinary, version AS Version FROM grain_states
WHERE service = @ServiceId AND name = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND key = coalesce(@GrainIdExtensionString, '''')'),

('WriteToStorageKey', '
INSERT INTO grain_states (service, name, n0, n1, key, version, payload)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), 1, @PayloadBinary
WHERE @GrainStateVersion IS NULL OR EXISTS (
    SELECT 1 FROM grain_states
    WHERE service = @ServiceId AND name = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, ''''))
ON CONFLICT (service, name, n0, n1, key) DO UPDATE SET version = version + 1, payload = excluded.payload
WHERE version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion'),

('ClearStorageKey', '
UPDATE grain_states SET version = version + 1, payload = NULL
WHERE service = @ServiceId AND name = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND key = coalesce(@GrainIdExtensionString, '''') AND version = @GrainStateVersion
RETURNING version');

-- Carries over what earlier builds kept among the records. A key of hexadecimal digits only would be a number to the provider: such a
-- scheme's segment counts the log again instead.
INSERT INTO grain_states (service, name, n0, n1, key, version, payload)
SELECT 'grid', name, 0, 0, key, tag, payload FROM records
WHERE name IN ('rulebook', 'baseline', 'segment') AND payload IS NOT NULL AND key GLOB '*[^0-9A-Fa-f]*';

DELETE FROM records WHERE name IN ('rulebook', 'baseline', 'segment');
