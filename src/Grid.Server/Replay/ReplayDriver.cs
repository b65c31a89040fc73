using Grid.Grains;
using Grid.Grains.Calendars;
using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Grains.Clocks;
using Grid.Ledger;
using Grid.Model.Time;
using Grid.Server.Options;

namespace Grid.Server.Replay;

/// <summary>
/// Moves the grid's clock along recorded events: to each deadline in its order, to each event, and at last to the end. Nothing else lets
/// time pass.
/// </summary>
internal sealed class ReplayDriver(
    SimulatedClock clock, GridClock time, CustomerIndex index, Calendar calendar, SegmentFeed feed, ILedger ledger, IGrainFactory grains,
    CurrentRules rules, GridOptions options)
{
    // Deadlines this close together are worked off at once, each with its own instant all the same.
    private const long DeadlineSlice = MillisecondsPer.Hour;
    private Instant _baselineAt = Instant.Beginning;

    /// <summary>Lets time pass to an instant; everything due until then has happened when this returns.</summary>
    public async Task AdvanceTo(Instant instant, CancellationToken cancellation)
    {
        var interval = options.BaselineInterval;
        while (interval > TimeSpan.Zero && rules.Value.Rulebook.NextDerivation(time.Now) is var derived && derived <= instant)
        {
            await Pass(derived, cancellation);
            await PublishBaseline(cancellation);
        }

        await Pass(instant, cancellation);
        if (interval > TimeSpan.Zero && time.Now >= _baselineAt.Plus((long)interval.TotalMilliseconds)) await PublishBaseline(cancellation);
    }

    private async Task Pass(Instant instant, CancellationToken cancellation)
    {
        while (index.NextDue <= instant)
        {
            var next = Instant.Min(instant, Instant.Max(index.NextDue, time.Now).Plus(DeadlineSlice));
            clock.AdvanceTo(next.ToDateTimeOffset());
            await calendar.Drain(next, cancellation);
        }

        if (instant > time.Now) clock.AdvanceTo(instant.ToDateTimeOffset());
    }

    /// <summary>
    /// Lets time pass to the end and evaluates everyone under a baseline of that same instant; the live counts have taken everything in
    /// when this returns.
    /// </summary>
    public async Task Settle(Instant instant, CancellationToken cancellation)
    {
        await AdvanceTo(instant, cancellation);
        await PublishBaseline(cancellation);
        await feed.WaitFor(ledger.Head, cancellation);
    }

    private async Task PublishBaseline(CancellationToken cancellation)
    {
        _baselineAt = time.Now;
        await grains.Baseline().Publish(time.Now);
        await calendar.Drain(time.Now, cancellation);
    }
}
