using System.Data.Common;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>The connection string, and what we choose where it leaves something open.</summary>
internal static class ConnectionSettings
{
    /// <summary>The eraser, the notifier, records, rejects and fences.</summary>
    private const int OtherConnections = 6;

    private const int StatementsPreparedMax = 64;
    private const int ConnectSeconds = 5;

    /// <summary>Between two looks at a host that was no primary or not there; when a connection fails all are looked at anyway.</summary>
    private const int HostRecheckSeconds = 60;

    public static NpgsqlConnectionStringBuilder From(PostgresLedgerOptions options)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
            var known = given.Keys.Cast<string>().Select(Plain).ToHashSet(StringComparer.Ordinal);
            var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            if (!known.Contains("applicationname")) settings.ApplicationName = "grid";

            // Who cannot listen is behind a pool that lends connections by the transaction, and most of these know no prepared statements.
            if (!known.Contains("maxautoprepare")) settings.MaxAutoPrepare = options.Notify ? StatementsPreparedMax : 0;
            if (!known.Contains("autoprepareminusages")) settings.AutoPrepareMinUsages = 2;

            // Nothing of ours lives in a session, so that nothing needs to be reset when a connection goes back to the pool.
            if (!known.Contains("noresetonclose")) settings.NoResetOnClose = true;
            if (!known.Contains("timeout")) settings.Timeout = ConnectSeconds;
            if (!known.Contains("maximumpoolsize") && !known.Contains("maxpoolsize"))
                settings.MaxPoolSize = options.Limits.ReadersMax + options.Limits.ScansMax + OtherConnections;
            if (!known.Contains("hostrecheckseconds")) settings.HostRecheckSeconds = HostRecheckSeconds;
            settings.Enlist = false;

            // A commit that waits for a standby and is canceled is answered as if the standby had it. So no answer to that is waited for.
            settings.CancellationTimeout = -1;
            return settings;
        }
        catch (ArgumentException failure)
        {
            throw new LedgerException(FailureKind.Permanent, $"The connection string cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Keywords are the same with and without spaces.</summary>
    private static string Plain(string keyword) => keyword.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
