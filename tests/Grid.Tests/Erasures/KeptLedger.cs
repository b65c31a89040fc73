using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Tests.Ledger;

namespace Grid.Tests.Erasures;

/// <summary>A ledger that outlives the grids that run on it one after the other.</summary>
internal abstract class KeptLedger : IAsyncDisposable
{
    protected abstract Task<ILedger> Opened();

    protected abstract ValueTask Close(ILedger ledger);

    public abstract ValueTask DisposeAsync();

    /// <summary>Opens the ledger without a grid, to inspect its content.</summary>
    public async Task Look(Func<IStateDatabase, Task> look)
    {
        var ledger = await Opened();
        try
        {
            await ledger.Open(CancellationToken.None);
            await look((IStateDatabase)ledger);
        }
        finally
        {
            await Close(ledger);
        }
    }

    public async Task Run(Func<GridApplication, Task> use)
    {
        var ledger = await Opened();
        try
        {
            await using var grid = await GridApplication.Start(ledger);
            await use(grid);
        }
        finally
        {
            await Close(ledger);
        }
    }
}

internal sealed class KeptInMemory : KeptLedger
{
    private readonly MemoryLedger _ledger = new();

    public override ValueTask DisposeAsync() => _ledger.DisposeAsync();

    protected override Task<ILedger> Opened() => Task.FromResult<ILedger>(_ledger);

    protected override ValueTask Close(ILedger ledger) => ValueTask.CompletedTask;
}

internal sealed class KeptInAFile : KeptLedger
{
    private readonly SqliteStore _store = new();

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    protected override Task<ILedger> Opened() => Task.FromResult<ILedger>(new SqliteLedger(new SqliteLedgerOptions(_store.File)));

    protected override ValueTask Close(ILedger ledger) => ledger.DisposeAsync();
}

internal sealed class KeptOnPostgres : KeptLedger
{
    private readonly PostgresStore _store = new(lanes: 2);

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    protected override async Task<ILedger> Opened() =>
        new PostgresLedger(new PostgresLedgerOptions(await _store.ConnectionString()) { Lanes = 2 });

    protected override ValueTask Close(ILedger ledger) => ledger.DisposeAsync();
}
