namespace Grid.Grains.Audits;

/// <summary>Audits the ledger from within the cluster, for a client that is no silo.</summary>
[Alias("grid.audit")]
public interface IAuditGrain : IGrainWithStringKey
{
    [Alias("Run"), ResponseTimeout(GridLimits.AuditMax)]
    Task<AuditReport> Run();
}
