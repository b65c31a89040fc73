using System.Threading.RateLimiting;
using Grid.Ledger;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Api.Segments.Migrations;

/// <summary>
/// Reads the log from its begin to its end, page by page, for one request. That costs the time to decode every transition of all schemes once, and
/// memory only for customers who moved in the requested time.
/// </summary>
internal sealed class MigrationReader(ILedger ledger) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = ApiLimits.MigrationsMax });

    /// <summary>Null when the limit of concurrent requests is reached.</summary>
    public async Task<MigrationReading?> Read(Scheme scheme, Instant from, Instant to, CancellationToken cancellation)
    {
        using var lease = _limiter.AttemptAcquire();
        if (!lease.IsAcquired) return null;
        return await Task.Run(() => Fold(new MigrationTally(scheme, from, to), scheme.Id, cancellation), cancellation);
    }

    public void Dispose() => _limiter.Dispose();

    private async Task<MigrationReading> Fold(MigrationTally tally, string scheme, CancellationToken cancellation)
    {
        var end = ledger.Head;
        var position = LogPosition.Start;
        while (!position.Covers(end) && tally.Movers <= ApiLimits.MigrationMoversMax)
        {
            var page = await ledger.Tail(position, ApiLimits.MigrationPageMax, cancellation);
            if (page.Next.Equals(position)) break;
            foreach (var item in page.Items)
                if (item.Transition.Scheme == scheme)
                    tally.Take(item.Transition);
            position = page.Next;
        }

        return new MigrationReading(position, tally, tally.Movers > ApiLimits.MigrationMoversMax);
    }
}

/// <param name="IsTooMuch">More customers moved than the limit allows, so the reading ended early.</param>
internal sealed record MigrationReading(LogPosition Position, MigrationTally Tally, bool IsTooMuch);
