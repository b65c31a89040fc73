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
/// Moves the grid's clock along recorded events: to each deadline in its order, to each event, and finally to the end. Time passes in no other way.
/// </summary>
internal sealed class ReplayDriver(
    SimulatedClock clock, GridClock time, Population population, LocalPartitions partitions, ILedger ledger, IGrainFactory grains,
    GrainCalls calls, CurrentRules rules, GridOptions options)
{
    // Deadlines this close together are worked off in one step; each keeps its own instant.
    private const long DeadlineSlice = MillisecondsPer.Hour;
    private Instant _baselineAt = Instant.Beginning;

    /// <summary>Advances the clock to an instant; when it returns, everything due by then has been worked off.</summary>
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
    /// Advances the clock to the end and evaluates every customer under a baseline of that instant; when it returns, the live counts include
    /// everything.
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
