using Grid.Grains.Audits;

namespace Grid.Api.Audits;

/// <summary>Allows one audit at a time: each reads all rows.</summary>
internal sealed class AuditGate(Auditor auditor) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);

    /// <summary>Null while another audit runs.</summary>
    public async Task<AuditReport?> TryAudit(CancellationToken cancellation)
    {
        if (!await _lock.WaitAsync(TimeSpan.Zero, CancellationToken.None)) return null;
        try
        {
            return await auditor.Audit(cancellation);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();
}
