using System.Threading.RateLimiting;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>
/// A scan of every customer, all of them at one position of the log while events go on. One reader takes the rows from the ledger and hands them in
/// batches to as many workers as there are processors; only these batches are in memory.
/// </summary>
public sealed class PopulationScan(
    ILedger ledger, CurrentRules rules, GridClock clock, Population? population = null, RulesSynchronizer? synchronizer = null) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter =
        new(new ConcurrencyLimiterOptions { PermitLimit = GridLimits.PassesMax, QueueLimit = int.MaxValue });

    /// <summary>Waits for a slot, then visits every customer.</summary>
    /// <param name="newVisitor">Called once per worker, before the first row.</param>
    /// <param name="progress">Reported in order, after each batch.</param>
    /// <param name="cancellation">Ends the scan, also while it waits.</param>
    /// <param name="damaged">Receives the customers whose row is damaged; without it such a row fails the scan.</param>
    public async Task<PassResult<T>> Run<T>(
        Func<ScanContext, T> newVisitor, IProgress<ScanStep>? progress, CancellationToken cancellation, Action<CustomerId>? damaged = null)
        where T : IPopulationVisitor
    {
        using var rows = await Open(cancellation);
        return await rows.Visit(newVisitor, progress, cancellation, damaged);
    }

    /// <summary>As the waiting overload, but returns null at once when too many scans are waiting, so that the caller can retry later.</summary>
    public async Task<PassResult<T>?> TryRun<T>(
        Func<ScanContext, T> newVisitor, IProgress<ScanStep>? progress, CancellationToken cancellation)
        where T : IPopulationVisitor =>
        _limiter.GetStatistics()!.CurrentQueuedCount >= GridLimits.PassesWaitingMax
            ? null
            : await Run(newVisitor, progress, cancellation);

    /// <summary>The rows in the order of ids, for callers that read them one by one or more than once.</summary>
    public async Task<PopulationRows> Open(CancellationToken cancellation)
    {
        var lease = await _limiter.AcquireAsync(cancellationToken: cancellation);
        try
        {
            var scan = await ledger.Scan(cancellation);

            // Another process may have moved customers to a rulebook that this silo has not adopted yet.
            if (synchronizer is not null) await synchronizer.AdoptLatest();
            return new PopulationRows(scan, Start(scan), population is null ? 0 : (await population.Status()).Customers, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public void Dispose() => _limiter.Dispose();

    // Rules and clock are read after the rows are fixed, so that these rules know the rulebook of every row.
    private ScanContext Start(LedgerScan scan) => new(scan.Position, clock.Now, rules.Value);
}
