using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>
/// All rows at one position, to read one by one or to visit, repeatedly if needed. Dispose it: while it is open it holds one of the few slots for
/// scans.
/// </summary>
public sealed class PopulationRows(LedgerScan scan, ScanContext start, int known, IDisposable place) : IDisposable
{
    private static readonly int Workers = Environment.ProcessorCount;

    public ScanContext Start => start;

    /// <summary>The approximate number of rows.</summary>
    public int Known => known;

    /// <summary>The rows in the order of ids, without customers whose erasure has begun: they have left their layers.</summary>
    /// <remarks>A damaged row throws a <see cref="LedgerException"/> that names its customer: an answer without it would be wrong.</remarks>
    public IAsyncEnumerable<CustomerRow> Rows => Staying(scan.Rows, CancellationToken.None);

    /// <summary>Visits every customer: this reads the rows and hands them in batches to as many workers as there are processors.</summary>
    /// <param name="newVisitor">Called once per worker, before the first row.</param>
    /// <param name="progress">Reported in order, after each batch.</param>
    /// <param name="cancellation">Ends the visit; the rows cannot be read again then.</param>
    /// <param name="damaged">Receives the customers whose row is damaged; without it such a row fails the visit.</param>
    public async Task<PassResult<T>> Visit<T>(
        Func<ScanContext, T> newVisitor, IProgress<ScanStep>? progress, CancellationToken cancellation, Action<CustomerId>? damaged = null)
        where T : IPopulationVisitor
    {
        var rows = damaged is null ? scan.Rows : scan.SoundRows(damaged, CancellationToken.None);
        var visitors = new T[Workers];
        for (var worker = 0; worker < visitors.Length; worker++) visitors[worker] = newVisitor(start);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<CustomerRow[]>(new BoundedChannelOptions(2 * Workers) { SingleWriter = true });
        var reading = Task.Run(() => Hand(rows, batches.Writer, progress, stop), CancellationToken.None);
        var working = visitors.Select(visitor => Task.Run(() => Work(visitor, batches.Reader, stop), CancellationToken.None));
        await Task.WhenAll([reading, .. working]);
        var customers = await reading;
        progress?.Report(new ScanStep(customers, Math.Max(customers, known)));
        return new PassResult<T>(start, visitors, customers);
    }

    public void Dispose()
    {
        scan.Dispose();
        place.Dispose();
    }

    private static async IAsyncEnumerable<CustomerRow> Staying(
        IAsyncEnumerable<CustomerRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation))
            if (!CustomerCodec.HasLeft(row.State))
                yield return row;
    }

    private async Task<long> Hand(
        IAsyncEnumerable<CustomerRow> rows,
        ChannelWriter<CustomerRow[]> batches,
        IProgress<ScanStep>? progress,
        CancellationTokenSource stop)
    {
        long handed = 0;
        var batch = new List<CustomerRow>(GridLimits.PassBatchRowsMax);
        try
        {
            await foreach (var row in Staying(rows, stop.Token))
            {
                batch.Add(row);
                if (batch.Count < GridLimits.PassBatchRowsMax) continue;
                await batches.WriteAsync([.. batch], stop.Token);
                handed += batch.Count;
                batch.Clear();
                progress?.Report(new ScanStep(handed, Math.Max(handed, known)));
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

                // A worker that never yields would keep its thread from live events during the whole scan.
                await Task.Yield();
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
