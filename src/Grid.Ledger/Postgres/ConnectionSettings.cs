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

    public static NpgsqlConnectionStringBuilder Of(PostgresLedgerOptions options)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
            var known = given.Keys.Cast<string>().Select(Plain).ToHashSet(StringComparer.Ordinal);
            var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            if (!known.Contains("applicationname")) settings.ApplicationName = "grid";
            if (!known.Contains("maxautoprepare")) settings.MaxAutoPrepare = StatementsPreparedMax;
            if (!known.Contains("autoprepareminusages")) settings.AutoPrepareMinUsages = 2;

            // Nothing of ours lives in a session, so that nothing needs to be reset when a connection goes back to the pool.
            if (!known.Contains("noresetonclose")) settings.NoResetOnClose = true;
            if (!known.Contains("timeout")) settings.Timeout = ConnectSeconds;
            if (!known.Contains("maximumpoolsize") && !known.Contains("maxpoolsize"))
                settings.MaxPoolSize = options.Limits.ReadersMax + options.Limits.ScansMax + OtherConnections;
            settings.Enlist = false;
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
