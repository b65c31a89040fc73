using Orleans.Concurrency;

namespace Grid.Grains.Audits;

/// <summary>Runs the audit on the silo that the client has called, one at a time.</summary>
[StatelessWorker(1)]
public sealed class AuditGrain(Auditor auditor) : Grain, IAuditGrain
{
    public Task<AuditReport> Run() => auditor.Audit(CancellationToken.None);
}
