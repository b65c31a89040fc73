using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Server.Options;
using Npgsql;

namespace Grid.Server.Hosting;

/// <summary>The ledger of the server: a PostgreSQL database or a file.</summary>
internal static class GridLedger
{
    public const string File = "grid.db";

    public static void AddGridLedger(this IServiceCollection services, GridOptions options)
    {
        if (options.Postgres is { } connection)
        {
            var postgres = new PostgresLedgerOptions(connection)
            {
                Lanes = options.PostgresLanes,
                Notify = options.PostgresNotify,
            };
            services.AddSingleton<ILedger>(_ => new PostgresLedger(postgres));
        }
        else
        {
            LedgerFiles.Prepare(options.Data);
            services.AddSingleton<ILedger>(provider => new SqliteLedger(new SqliteLedgerOptions(Path.Combine(options.Data, File))
            {
                Logger = provider.GetRequiredService<ILogger<SqliteLedger>>(),
            }));
        }

        services.AddSingleton(provider => (IStateRecords)provider.GetRequiredService<ILedger>());
        services.AddSingleton(provider => (IStateDatabase)provider.GetRequiredService<ILedger>());
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
