using System.Threading.RateLimiting;
using Grid.Grains.Audits;

namespace Grid.Api.Audits;

/// <summary>Allows one audit at a time: each reads all rows.</summary>
internal sealed class AuditGate(Auditor auditor) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 1 });

    /// <summary>Null while another audit runs.</summary>
    public async Task<AuditReport?> TryAudit(CancellationToken cancellation)
    {
        using var lease = _limiter.AttemptAcquire();
        return lease.IsAcquired ? await auditor.Audit(cancellation) : null;
    }

    public void Dispose() => _limiter.Dispose();
}
