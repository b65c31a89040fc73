-- Who is a member of the cluster when the engine is Microsoft Orleans. Its provider asks this table for the statements it needs, by these
-- keys, and gives and reads values by the names used in them. A statement that changes the membership takes the version that its silo has
-- read and changes nothing when that is no longer the version.
CREATE TABLE OrleansQuery (
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

CREATE TABLE cluster_versions (
    cluster text    NOT NULL PRIMARY KEY,
    version integer NOT NULL
);

CREATE TABLE cluster_silos (
    cluster       text        NOT NULL REFERENCES cluster_versions,
    address       text        NOT NULL,
    port          integer     NOT NULL,
    generation    integer     NOT NULL,
    silo_name     text        NOT NULL,
    host_name     text        NOT NULL,
    status        integer     NOT NULL,
    proxy_port    integer,
    suspect_times text,
    started_at    timestamptz NOT NULL,
    alive_at      timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('InsertMembershipVersionKey', '
WITH added AS (
    INSERT INTO cluster_versions (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*)::integer FROM added'),

('InsertMembershipKey', '
WITH next AS (
    UPDATE cluster_versions SET version = version + 1
    WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT FROM cluster_silos
        WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster),
added AS (
    INSERT INTO cluster_silos (cluster, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
    SELECT cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM next
    RETURNING 1)
SELECT count(*)::integer FROM added'),

('UpdateMembershipKey', '
WITH next AS (
    UPDATE cluster_versions SET version = version + 1
    WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
        SELECT FROM cluster_silos
        WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster),
changed AS (
    UPDATE cluster_silos SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
    FROM next
    WHERE cluster_silos.cluster = next.cluster AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
SELECT count(*)::integer FROM changed'),

('UpdateIAmAlivetimeKey', '
UPDATE cluster_silos SET alive_at = @IAmAliveTime
WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

('MembershipReadRowKey', '
SELECT v.cluster AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName,
    s.host_name AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, v.version AS Version
FROM cluster_versions v
LEFT JOIN cluster_silos s ON s.cluster = v.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE v.cluster = @DeploymentId'),

('MembershipReadAllKey', '
SELECT v.cluster AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName,
    s.host_name AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, v.version AS Version
FROM cluster_versions v
LEFT JOIN cluster_silos s ON s.cluster = v.cluster
WHERE v.cluster = @DeploymentId'),

('GatewaysQueryKey', '
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM cluster_silos
WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0'),

('CleanupDefunctSiloEntriesKey', '
DELETE FROM cluster_silos WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3'),

('DeleteMembershipTableEntriesKey', '
WITH silos AS (DELETE FROM cluster_silos WHERE cluster = @DeploymentId)
DELETE FROM cluster_versions WHERE cluster = @DeploymentId');
