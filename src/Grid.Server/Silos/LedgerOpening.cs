using Grid.Ledger;
using Grid.Server.Configuration;
using Grid.Server.Hosting;

namespace Grid.Server.Silos;

/// <summary>Opens the ledger of this process once: the silo needs it before it takes calls, and so does the start of the server.</summary>
internal sealed class LedgerOpening(ILedger ledger, GridOptions options) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposing = new();
    private readonly LedgerIdentity _identity = new((IStateRecords)ledger, options);
    private Task? _opening;

    /// <summary>Starts to open the ledger and returns at once. <see cref="Open"/> waits for it and throws what it fails with.</summary>
    public void Begin() => _ = Opening();

    public Task Open(CancellationToken cancellation) => Opening().WaitAsync(cancellation);

    /// <summary>Completes when the opened ledger can load every customer.</summary>
    public Task Recovered(CancellationToken cancellation) => ledger.Recovered.WaitAsync(cancellation);

    /// <summary>Closes the ledger; waits for an opening under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        if (_opening is { } opening) await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposing.Dispose();
    }

    /// <summary>Closes the ledger of a server that could not be built, as soon as it is open.</summary>
    public async Task Abandon()
    {
        await DisposeAsync();
        await ledger.DisposeAsync();
    }

    private Task Opening()
    {
        lock (_gate) return _opening ??= Task.Run(Run);
    }

    private async Task Run()
    {
        await ledger.Open(_disposing.Token);
        await _identity.Check(_disposing.Token);
    }
}
