using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Tests.Ledger.Postgres.Pooled;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPools))]

namespace Grid.Tests.Ledger.Postgres.Pooled;

/// <summary>
/// Ledgers behind pgBouncer, with exactly the settings of the documentation. Each has a database of its own, because in transaction mode a connection
/// has no search path.
/// </summary>
/// <param name="mode">session or transaction.</param>
internal sealed class PooledStore(string mode) : ILedgerStore
{
    private readonly List<PostgresLedger> _opened = [];
    private string? _database;

    public async Task<PostgresLedgerOptions> Options(LedgerLimits? limits = null)
    {
        var pool = await SharedPools.From(mode);
        _database ??= await SharedPools.NewDatabase();
        var connection = pool.ConnectionString(_database);
        return new PostgresLedgerOptions(connection) { Lanes = 1, Notify = mode == "session", Limits = limits ?? new LedgerLimits() };
    }

    public async Task<ILedger> Open(LedgerLimits? limits = null)
    {
        var ledger = new PostgresLedger(await Options(limits));
        _opened.Add(ledger);
        await ledger.Open(TestContext.Current.CancellationToken);
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened) await ledger.DisposeAsync();
        if (_database is not null) await SharedPools.Drop(_database);
    }
}

/// <summary>A pool of each kind before the shared server, started when the first test asks for it and stopped after the last.</summary>
public sealed class SharedPools : IAsyncDisposable
{
    private static readonly SemaphoreSlim Starting = new(1);
    private static readonly Dictionary<string, PgBouncer> Pools = [];
    private static int _databases;

    /// <summary>Skips the test where pgBouncer is not installed.</summary>
    internal static async Task<PgBouncer> From(string mode)
    {
        Assert.SkipUnless(PgBouncer.IsInstalled, "pgBouncer is not installed.");
        var server = new NpgsqlConnectionStringBuilder(await SharedPostgres.ConnectionString());
        await Starting.WaitAsync();
        try
        {
            if (!Pools.TryGetValue(mode, out var pool)) Pools.Add(mode, pool = await PgBouncer.Start(mode, server));
            return pool;
        }
        finally
        {
            Starting.Release();
        }
    }

    internal static async Task<string> NewDatabase()
    {
        var database = $"grid_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await SharedPostgres.Execute(await SharedPostgres.ConnectionString(), $"CREATE DATABASE {database} TEMPLATE template0");
        return database;
    }

    internal static async Task Drop(string database) =>
        await SharedPostgres.Execute(await SharedPostgres.ConnectionString(), $"DROP DATABASE {database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in Pools.Values) await pool.DisposeAsync();
    }
}
