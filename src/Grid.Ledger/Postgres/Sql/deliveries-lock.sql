-- Held until the commit, so that the numbers of an endpoint become visible in their order. The order of the locks excludes deadlocks.
SELECT pg_advisory_xact_lock(hashtext('grid outbox ' || current_schema()), key)
FROM (SELECT DISTINCT hashtext(endpoint) AS key FROM unnest($1::text[]) AS endpoint ORDER BY 1) AS keys
