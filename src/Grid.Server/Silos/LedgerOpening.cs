using Grid.Ledger;
using Grid.Server.Hosting;

namespace Grid.Server.Silos;

/// <summary>Opens the ledger of this process once, whoever needs it first: an engine before it takes calls, or the server's start.</summary>
internal sealed class LedgerOpening(ILedger ledger, LedgerIdentity identity) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isOpen;

    public void Dispose() => _gate.Dispose();

    /// <summary>Ends when the opened ledger answers for every customer.</summary>
    public Task Recovered(CancellationToken cancellation) => ledger.Recovered.WaitAsync(cancellation);

    public async Task Open(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_isOpen) return;
            await ledger.Open(cancellation);
            await identity.Check(cancellation);
            _isOpen = true;
        }
        finally
        {
            _gate.Release();
        }
    }
}
