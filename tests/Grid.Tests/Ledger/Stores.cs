using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Tests.Ledger.Postgres;
using Xunit;

namespace Grid.Tests.Ledger;

/// <summary>Gives the contract suite a new, empty ledger of one kind.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    Task<ILedger> Open(LedgerLimits? limits = null);
}

internal sealed class MemoryStore : ILedgerStore
{
    public Task<ILedger> Open(LedgerLimits? limits = null) => Task.FromResult<ILedger>(new MemoryLedger(limits));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A ledger file in a folder of its own; opened again it is the same ledger.</summary>
internal sealed class SqliteStore : ILedgerStore
{
    private readonly List<SqliteLedger> _opened = [];
    private int _copies;

    public string Folder { get; } = Directory.CreateTempSubdirectory("grid-ledger-").FullName;

    public string File => Path.Combine(Folder, "grid.db");

    public async Task<ILedger> Open(LedgerLimits? limits = null) => await OpenFile(limits);

    public async Task<SqliteLedger> OpenFile(LedgerLimits? limits = null, string? file = null)
    {
        var ledger = new SqliteLedger(new SqliteLedgerOptions(file ?? File) { Limits = limits ?? new LedgerLimits() });
        await ledger.Open(TestContext.Current.CancellationToken);
        _opened.Add(ledger);
        return ledger;
    }

    /// <summary>The files as a crash would leave them: copied while the ledger is open.</summary>
    public string CopyAsAfterCrash()
    {
        var copy = Path.Combine(Folder, $"crashed-{++_copies}.db");
        foreach (var ending in new[] { "", "-wal" })
            System.IO.File.Copy(File + ending, copy + ending);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened) await ledger.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A schema of its own in a database; opened again, also while it is open, it is the same ledger.</summary>
/// <param name="given">The database, when it is not the shared one.</param>
internal sealed class PostgresStore(int lanes = 1, string? given = null) : ILedgerStore
{
    private readonly List<PostgresLedger> _opened = [];
    private string? _schema;

    public async Task<string> ConnectionString() => given ?? (_schema ??= await SharedPostgres.NewSchema());

    public async Task<ILedger> Open(LedgerLimits? limits = null) => await OpenDatabase(limits);

    public async Task<PostgresLedger> OpenDatabase(LedgerLimits? limits = null, bool notify = true)
    {
        var options = new PostgresLedgerOptions(await ConnectionString()) { Lanes = lanes, Notify = notify, Limits = limits ?? new LedgerLimits() };
        var ledger = new PostgresLedger(options);
        await ledger.Open(TestContext.Current.CancellationToken);
        _opened.Add(ledger);
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened) await ledger.DisposeAsync();
        if (_schema is not null) await SharedPostgres.Drop(_schema);
    }
}
