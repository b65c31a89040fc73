using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>
/// One look at every customer, all of them at one position of the log while events go on. One reader takes the rows from the ledger and
/// hands them in batches to as many workers as there are processors; in memory are only the batches on their way.
/// </summary>
public sealed class PopulationScan(
    ILedger ledger, CurrentRules rules, GridClock clock, Population? population = null, RulesSynchronizer? synchronizer = null) : IDisposable
{
    private readonly SemaphoreSlim _places = new(GridLimits.PassesMax, GridLimits.PassesMax);

    // Passes that run or wait for a place. Changed by interlocked operations only.
    private int _asked;

    /// <summary>Waits for a place, then visits everyone.</summary>
    /// <param name="newVisitor">Called once per worker, before the first row.</param>
    /// <param name="progress">Told in order, after each batch that was handed over.</param>
    /// <param name="cancellation">Ends the pass, also while it waits.</param>
    /// <param name="damaged">Takes the customers whose row is damaged; without it such a row fails the pass.</param>
    public async Task<PassResult<T>> Run<T>(
        Func<ScanContext, T> newVisitor, IProgress<ScanStep>? progress, CancellationToken cancellation, Action<CustomerId>? damaged = null)
        where T : IPopulationVisitor
    {
        Interlocked.Increment(ref _asked);
        try
        {
            using var rows = await Open(cancellation);
            return await rows.Visit(newVisitor, progress, cancellation, damaged);
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }
    }

    /// <summary>The same; null at once when too many scans are waiting, so that the caller can retry.</summary>
    public async Task<PassResult<T>?> TryRun<T>(
        Func<ScanContext, T> newVisitor, IProgress<ScanStep>? progress, CancellationToken cancellation)
        where T : IPopulationVisitor =>
        Volatile.Read(ref _asked) >= GridLimits.PassesMax + GridLimits.PassesWaitingMax
            ? null
            : await Run(newVisitor, progress, cancellation);

    /// <summary>The rows themselves in the order of ids, for callers that read them one by one or more than once.</summary>
    public async Task<PopulationRows> Open(CancellationToken cancellation)
    {
        var place = await Enter(cancellation);
        try
        {
            var scan = await ledger.Scan(cancellation);

            // Another process may have moved customers to a rulebook that is not adopted here yet.
            if (synchronizer is not null) await synchronizer.AdoptLatest();
            return new PopulationRows(scan, Start(scan), population is null ? 0 : (await population.Status()).Customers, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<Place> Enter(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        return new Place(_places);
    }

    // Rules and clock are read when the rows are fixed, so that no row is of a rulebook that these rules do not know.
    private ScanContext Start(LedgerScan scan) => new(scan.Position, clock.Now, rules.Value);

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) places.Release();
        }
    }
}
