using System.Data.Common;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>The connection string, with the ledger's defaults for what it leaves open.</summary>
internal static class ConnectionSettings
{
    /// <summary>Connections for the eraser, the notifier, records, rejects and fences.</summary>
    private const int OtherConnections = 6;

    private const int StatementsPreparedMax = 64;
    private const int ConnectSeconds = 5;

    /// <summary>Time between two checks of a host that was unreachable or no primary; a failed connection checks all hosts at once.</summary>
    private const int HostRecheckSeconds = 60;

    public static NpgsqlConnectionStringBuilder From(PostgresLedgerOptions options)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
            var known = given.Keys.Cast<string>().Select(Plain).ToHashSet(StringComparer.Ordinal);
            var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            if (!known.Contains("applicationname")) settings.ApplicationName = "grid";

            // A ledger without LISTEN runs behind a pool that lends connections by the transaction; most of these do not support prepared statements.
            if (!known.Contains("maxautoprepare")) settings.MaxAutoPrepare = options.Notify ? StatementsPreparedMax : 0;
            if (!known.Contains("autoprepareminusages")) settings.AutoPrepareMinUsages = 2;

            // The ledger keeps no session state, so a connection needs no reset when it returns to the pool.
            if (!known.Contains("noresetonclose")) settings.NoResetOnClose = true;
            if (!known.Contains("timeout")) settings.Timeout = ConnectSeconds;
            if (!known.Contains("maximumpoolsize") && !known.Contains("maxpoolsize"))
                settings.MaxPoolSize = options.Limits.ReadersMax + options.Limits.ScansMax + options.Limits.OutboxConnectionsMax + OtherConnections;
            if (!known.Contains("hostrecheckseconds")) settings.HostRecheckSeconds = HostRecheckSeconds;
            settings.Enlist = false;

            // Canceling a commit that waits for a standby makes the server report success although the standby does not have it. So the ledger never
            // waits for the answer to a cancellation.
            settings.CancellationTimeout = -1;
            return settings;
        }
        catch (ArgumentException failure)
        {
            throw new LedgerException(FailureKind.Permanent, $"The connection string cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Looks up a keyword, with or without its spaces.</summary>
    private static string Plain(string keyword) => keyword.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
