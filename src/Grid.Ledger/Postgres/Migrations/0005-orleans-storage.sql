-- States of grains as Orleans' storage provider for ADO.NET keeps them. It asks OrleansQuery for its statements, by these keys, and gives
-- and reads values by the names used in them. It gives hashes of names as well, which are not needed: the names themselves are the key.
-- A statement that writes or clears takes the version that its grain has read, and changes and answers nothing when that is no longer it.
-- "key" is what the provider takes for text in a grain's key, "n0" and "n1" what it takes for a number. Cleared states keep their version.
CREATE TABLE grain_states (
    service text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    n0      bigint  NOT NULL,
    n1      bigint  NOT NULL,
    key     text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    payload bytea,
    PRIMARY KEY (service, name, n0, n1, key)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('ReadFromStorageKey', '
SELECT payload AS PayloadBinary, version AS Version FROM grain_states
WHERE service = @ServiceId AND name = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND key = coalesce(@GrainIdExtensionString, '''')'),

('WriteToStorageKey', '
INSERT INTO grain_states AS s (service, name, n0, n1, key, version, payload)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), 1, @PayloadBinary
WHERE @GrainStateVersion IS NULL OR EXISTS (
    SELECT FROM grain_states
    WHERE service = @ServiceId AND name = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, ''''))
ON CONFLICT (service, name, n0, n1, key) DO UPDATE SET version = s.version + 1, payload = excluded.payload
WHERE s.version = @GrainStateVersion
RETURNING s.version AS NewGrainStateVersion'),

('ClearStorageKey', '
UPDATE grain_states SET version = version + 1, payload = NULL
WHERE service = @ServiceId AND name = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND key = coalesce(@GrainIdExtensionString, '''') AND version = @GrainStateVersion
RETURNING version');

-- A client calls only gateways of silos that are alive: each renews "alive_at" every five seconds.
UPDATE OrleansQuery SET QueryText = '
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM cluster_silos
WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0 AND alive_at > now() - interval ''30 seconds'''
WHERE QueryKey = 'GatewaysQueryKey';

-- Carries over what earlier builds kept among the records. A key of hexadecimal digits only would be a number to the provider: such a
-- scheme's segment counts the log again instead.
INSERT INTO grain_states (service, name, n0, n1, key, version, payload)
SELECT 'grid', name, 0, 0, key, tag, payload FROM records
WHERE name IN ('rulebook', 'baseline', 'segment') AND payload IS NOT NULL AND key !~ '^[0-9A-Fa-f]+$';

DELETE FROM records WHERE name IN ('rulebook', 'baseline', 'segment');

-- A process of an earlier build that still runs is refused its next write: nobody would read it.
ALTER TABLE records ADD CONSTRAINT records_are_not_states CHECK (name NOT IN ('rulebook', 'baseline', 'segment'));
