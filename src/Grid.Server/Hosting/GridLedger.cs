using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Server.Configuration;
using Grid.Server.Silos;
using Npgsql;

namespace Grid.Server.Hosting;

/// <summary>The ledger of the server: a PostgreSQL database or a file.</summary>
internal static class GridLedger
{
    public const string File = "grid.db";

    /// <summary>Makes the ledger, which is not open yet.</summary>
    public static ILedger Create(GridOptions options)
    {
        if (options.Postgres is { } connection)
            return new PostgresLedger(new PostgresLedgerOptions(connection) { Lanes = options.PostgresLanes, Notify = options.PostgresNotify });

        LedgerFiles.Prepare(options.Data);
        return new SqliteLedger(new SqliteLedgerOptions(Path.Combine(options.Data, File)));
    }

    /// <summary>A ledger that may be opening already.</summary>
    public static void AddGridLedger(this IServiceCollection services, ILedger ledger, LedgerOpening opening)
    {
        services.AddSingleton(_ => ledger).AddSingleton(_ => (IStateRecords)ledger).AddSingleton(_ => (IStateDatabase)ledger);

        // The container disposes the latest first: the opening ends before the ledger is closed.
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<ILedger>();
            return opening;
        });
    }

    /// <summary>The ledger's name for operators, without secrets of the connection string.</summary>
    public static string PlaceOf(GridOptions options)
    {
        if (options.Postgres is null) return options.Data;
        var connection = new NpgsqlConnectionStringBuilder(options.Postgres);
        return $"the database {connection.Database} on {connection.Host}";
    }

    /// <summary>The first mistake, or null.</summary>
    public static string? Fault(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is null ? "--postgres names no Host" : null;
        }
        catch (ArgumentException mistake)
        {
            return $"--postgres is no connection string: {mistake.Message}";
        }
    }
}
