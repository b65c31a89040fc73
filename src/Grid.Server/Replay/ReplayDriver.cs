using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Clocks;
using Grid.Grains.Partitions;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Time;
using Grid.Server.Configuration;

namespace Grid.Server.Replay;

/// <summary>
/// Moves the grid's clock along recorded events: to each deadline in its order, to each event, and at last to the end. Nothing else lets
/// time pass.
/// </summary>
internal sealed class ReplayDriver(
    SimulatedClock clock, GridClock time, Population population, LocalPartitions partitions, ILedger ledger, IGrainFactory grains,
    GrainCalls calls, CurrentRules rules, GridOptions options)
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
        await population.Reach(ledger.CommitHead, cancellation);
        while (partitions.NextDue is var due && due <= instant)
        {
            var next = Instant.Min(instant, Instant.Max(due, time.Now).Plus(DeadlineSlice));
            clock.AdvanceTo(next.ToDateTimeOffset());
            await population.AdvanceTo(next, partitions.DueBy(next), cancellation);
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
        while (!await grains.LogReader().ReachSegments(ledger.Head.ToString())) cancellation.ThrowIfCancellationRequested();
    }

    private async Task PublishBaseline(CancellationToken cancellation)
    {
        _baselineAt = time.Now;
        await calls.Call((Rules: grains.Rules(), asOf: time.Now), static call => call.Rules.PublishBaseline(call.asOf));
        while (!await grains.Rules().Settled()) cancellation.ThrowIfCancellationRequested();
        await population.AdvanceTo(time.Now, partitions.DueBy(time.Now), cancellation);
    }
}
