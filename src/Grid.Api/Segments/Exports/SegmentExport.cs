using System.Threading.RateLimiting;
using Grid.Grains.Populations;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Api.Segments.Exports;

/// <summary>Exports the members of layers as fast as the client reads, a limited number of exports at a time.</summary>
internal sealed class SegmentExport(PopulationScan population, TimeProvider time) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = ApiLimits.ExportsMax });

    /// <summary>Null when the limit of concurrent exports is reached.</summary>
    public async Task<OpenExport?> Open(CancellationToken cancellation)
    {
        var lease = _limiter.AttemptAcquire();
        if (!lease.IsAcquired) return null;
        try
        {
            var rows = await population.Open(cancellation);
            return new OpenExport(rows, new CancellationTokenSource(TimeSpan.FromSeconds(ApiLimits.ExportSecondsMax), time), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>One export, which holds a snapshot of the ledger until all rows are read or it is disposed.</summary>
internal sealed class OpenExport(PopulationRows rows, CancellationTokenSource limit, RateLimitLease lease) : IDisposable
{
    public ScanContext Start => rows.Start;

    /// <summary>Cancelled at the time limit of the export.</summary>
    public CancellationToken TimeOver => limit.Token;

    /// <param name="layers">Indexes in the scheme; null for all.</param>
    /// <param name="scheme">Index in the rulebook.</param>
    public async Task Write(
        Stream body, ExportedRows gathered, IReadOnlyList<ExportColumn> columns, int scheme, IReadOnlySet<int>? layers, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var customer = new Customer();
        await foreach (var row in rows.Rows.WithCancellation(stop.Token))
        {
            CustomerCodec.Decode(row.Customer, row.State, customer);
            Start.BringUp(row, customer);
            if (layers is not null && !layers.Contains(customer.Layers[scheme].Layer)) continue;
            var now = Instant.Max(Start.AsOf, customer.EvaluatedAt);
            gathered.Add(columns, new ExportedCustomer(row.Customer, customer, now, Start.Rules));
            if (gathered.Length >= ApiLimits.ExportChunkBytes) await gathered.Send(body, stop.Token);
        }

        // A client may request the next export as soon as it has the last byte, so the slot is freed before that byte is sent.
        Close();
        await gathered.Send(body, stop.Token);
    }

    public void Dispose()
    {
        Close();
        limit.Dispose();
    }

    private void Close()
    {
        rows.Dispose();
        lease.Dispose();
    }
}
