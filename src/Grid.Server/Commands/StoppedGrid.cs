using Grid.Grains.Audits;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Model;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Silos;

namespace Grid.Server.Commands;

/// <summary>
/// The ledger of a grid that does not run, for a command that only reads it: a database is read as it is, of a file a copy is read.
/// </summary>
internal sealed class StoppedGrid : IAsyncDisposable
{
    private readonly DirectoryInfo? _copy;
    private readonly ILedger _ledger;

    private StoppedGrid(ILedger ledger, DirectoryInfo? copy) => (_ledger, _copy) = (ledger, copy);

    public static async Task<StoppedGrid> Open(GridOptions options, CancellationToken cancellation)
    {
        var grid = options.Postgres is { } connection ? OnPostgres(options, connection) : OnACopy(options);
        try
        {
            await grid._ledger.Open(cancellation);
            await grid._ledger.Recovered.WaitAsync(cancellation);
            return grid;
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <returns>Null when the ledger has no rulebook.</returns>
    public async Task<AuditReport?> Audit(CancellationToken cancellation)
    {
        var currency = await LedgerIdentity.CurrencyOf((IStateRecords)_ledger, cancellation) ?? Currency.Cny;
        var stored = await StoredStates.Read((IStateDatabase)_ledger, cancellation);
        return await new StoppedGridAuditor(_ledger, stored, currency).Audit(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _copy?.Delete(recursive: true);
    }

    private static StoppedGrid OnPostgres(GridOptions options, string connection) =>
        new(new PostgresLedger(new PostgresLedgerOptions(connection) { Lanes = options.PostgresLanes, Notify = false, ReadOnly = true }), null);

    /// <summary>The copy lies beside the ledger, where there is room for such files and where nobody else may read them.</summary>
    private static StoppedGrid OnACopy(GridOptions options)
    {
        var copy = new DirectoryInfo(Path.Combine(options.Data, $"audit-{Environment.ProcessId}"));
        try
        {
            copy.Create();
            return new StoppedGrid(new SqliteLedger(SqliteLedgerOptions.CopyTo(copy.FullName, Path.Combine(options.Data, GridLedger.File))), copy);
        }
        catch
        {
            if (copy.Exists) copy.Delete(recursive: true);
            throw;
        }
    }
}
