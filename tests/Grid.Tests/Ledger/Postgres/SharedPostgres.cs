using Grid.Testing.Postgres;
using Grid.Tests.Ledger.Postgres;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Grid.Tests.Ledger.Postgres;

/// <summary>
/// One server for all tests that only need a database: that of GRID_TEST_POSTGRES, or one started by the first test and stopped after the last. Each
/// test has a schema of its own. The server loses its data in a crash, which makes it quick.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private const string Variable = "GRID_TEST_POSTGRES";
    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresServer? _server;
    private static int _schemas;

    /// <summary>A connection string whose search path is a new and empty schema.</summary>
    internal static async Task<string> NewSchema()
    {
        var settings = new NpgsqlConnectionStringBuilder(await ConnectionString());
        var schema = $"grid_test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}";
        await Execute(settings.ConnectionString, $"CREATE SCHEMA {schema}");
        settings.SearchPath = schema;
        settings.Pooling = true;
        return settings.ConnectionString;
    }

    internal static async Task Drop(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await Execute(settings.ConnectionString, $"DROP SCHEMA {settings.SearchPath} CASCADE");
    }

    internal static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A server for the caller alone; skips the test where PostgreSQL is not installed.</summary>
    internal static Task<PostgresServer> Own(params string[] settings)
    {
        const string Reason = "PostgreSQL is not installed; install it, or set GRID_TEST_POSTGRES for the tests that need no server of their own.";
        Assert.SkipUnless(PostgresServer.IsInstalled, Reason);
        return PostgresServer.Start(settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>A connection string to a database without data of the tests.</summary>
    internal static async Task<string> ConnectionString()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;
        await Starting.WaitAsync();
        try
        {
            return (_server ??= await Own("fsync = off", "full_page_writes = off", "max_connections = 400", "shared_buffers = 128MB")).ConnectionString;
        }
        finally
        {
            Starting.Release();
        }
    }
}
