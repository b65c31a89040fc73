using System.Threading.Channels;
using Grid.Grains.Calendars;
using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>
/// One look at every customer, all of them at one position of the log while events go on. One reader takes the rows from the ledger and
/// hands them in batches to as many workers as there are processors; in memory are only the batches on their way.
/// </summary>
public sealed class PopulationPass(ILedger ledger, CustomerIndex index, CurrentRules rules, GridClock clock) : IDisposable
{
    private static readonly int Workers = Environment.ProcessorCount;
    private readonly SemaphoreSlim _places = new(GridLimits.PassesMax, GridLimits.PassesMax);

    // Passes that run or wait for a place. Changed by interlocked operations only.
    private int _asked;

    /// <summary>Waits for a place, then visits everyone.</summary>
    /// <param name="newVisitor">Called once per worker, before the first row.</param>
    /// <param name="progress">Told in order, after each batch that was handed over.</param>
    /// <param name="cancellation">Ends the pass, also while it waits.</param>
    public async Task<PassResult<T>> Run<T>(
        Func<PassStart, T> newVisitor, IProgress<PassProgress>? progress, CancellationToken cancellation)
        where T : IPopulationVisitor
    {
        Interlocked.Increment(ref _asked);
        try
        {
            using var place = await Enter(cancellation);
            using var scan = await ledger.Scan(cancellation);
            return await Visit(scan, newVisitor, progress, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }
    }

    /// <summary>The same, or null at once when too many are waiting already: whoever asked may come again.</summary>
    public async Task<PassResult<T>?> TryRun<T>(
        Func<PassStart, T> newVisitor, IProgress<PassProgress>? progress, CancellationToken cancellation)
        where T : IPopulationVisitor =>
        Volatile.Read(ref _asked) >= GridLimits.PassesMax + GridLimits.PassesWaitingMax
            ? null
            : await Run(newVisitor, progress, cancellation);

    /// <summary>The rows themselves, in the order of ids, for whoever has to take them one by one. Dispose it to let others in.</summary>
    public async Task<PopulationRows> Open(CancellationToken cancellation)
    {
        var place = await Enter(cancellation);
        try
        {
            var scan = await ledger.Scan(cancellation);
            return new PopulationRows(scan, Start(scan), place);
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
    private PassStart Start(LedgerScan scan) => new(scan.Position, clock.Now, rules.Value);

    private async Task<PassResult<T>> Visit<T>(
        LedgerScan scan, Func<PassStart, T> newVisitor, IProgress<PassProgress>? progress, CancellationToken cancellation)
        where T : IPopulationVisitor
    {
        var start = Start(scan);
        var visitors = new T[Workers];
        for (var worker = 0; worker < visitors.Length; worker++) visitors[worker] = newVisitor(start);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<CustomerRow[]>(new BoundedChannelOptions(2 * Workers) { SingleWriter = true });
        var reading = Task.Run(() => Hand(scan, batches.Writer, progress, stop), CancellationToken.None);
        var working = visitors.Select(visitor => Task.Run(() => Work(visitor, batches.Reader, stop), CancellationToken.None));
        await Task.WhenAll([reading, .. working]);
        var customers = await reading;
        progress?.Report(new PassProgress(customers, Math.Max(customers, index.Customers)));
        return new PassResult<T>(start, visitors, customers);
    }

    private async Task<long> Hand(
        LedgerScan scan, ChannelWriter<CustomerRow[]> batches, IProgress<PassProgress>? progress, CancellationTokenSource stop)
    {
        long handed = 0;
        var batch = new List<CustomerRow>(GridLimits.PassBatchRowsMax);
        try
        {
            await foreach (var row in scan.Rows.WithCancellation(stop.Token))
            {
                batch.Add(row);
                if (batch.Count < GridLimits.PassBatchRowsMax) continue;
                await batches.WriteAsync([.. batch], stop.Token);
                handed += batch.Count;
                batch.Clear();
                progress?.Report(new PassProgress(handed, Math.Max(handed, index.Customers)));
            }

            if (batch.Count > 0) await batches.WriteAsync([.. batch], stop.Token);
            return handed + batch.Count;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            batches.Complete();
        }
    }

    private static async Task Work<T>(T visitor, ChannelReader<CustomerRow[]> batches, CancellationTokenSource stop)
        where T : IPopulationVisitor
    {
        var customer = new Customer();
        try
        {
            await foreach (var batch in batches.ReadAllAsync(stop.Token))
            {
                foreach (var row in batch)
                {
                    CustomerCodec.Decode(row.Customer, row.State, customer);
                    visitor.Visit(row, customer);
                }

                // A worker that never waits would keep its thread from live events for the whole population.
                await Task.Yield();
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) places.Release();
        }
    }
}
