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
/// Moves the grid's clock along recorded events: to each event, each deadline, each instant at which a baseline is due, and finally to the end. Time
/// passes in no other way.
/// </summary>
internal sealed class ReplayDriver(
    SimulatedClock clock, GridClock time, Population population, LocalPartitions partitions, ILedger ledger, IGrainFactory grains,
    GrainCalls calls, CurrentRules rules, GridOptions options)
{
    // Deadlines this close together are worked off in one step; each keeps its own instant.
    private const long DeadlineSlice = MillisecondsPer.Hour;

    private readonly long _interval = (long)options.BaselineInterval.TotalMilliseconds;
    private Instant? _start;
    private Instant _baselineAt = Instant.Beginning;

    /// <summary>
    /// The next instant at which a baseline is due: a whole number of intervals after the first event, or when a daily scheme is due. It depends on
    /// the events only, so that a replay that is resumed, or runs at another speed, has the same baselines.
    /// </summary>
    public Instant NextBaseline
    {
        get
        {
            if (_interval == 0 || _start is not { } start) return Instant.Never;
            var passed = (_baselineAt.Milliseconds - start.Milliseconds) / _interval;
            return Instant.Min(start.Plus((passed + 1) * _interval), rules.Value.Rulebook.NextDerivation(_baselineAt));
        }
    }

    /// <summary>
    /// Continues a replay that was cut off. The clock stands where the rules in force begin: a customer must not be decided before the baseline that
    /// decides it. Events from there on come again, as duplicates, and the clock moves along them as it did before.
    /// </summary>
    /// <param name="recorded">The last instant in the log: the baselines before it were computed, from the population of their own instants.</param>
    public void Continue(Instant recorded) => _baselineAt = recorded.Plus(-1);

    /// <summary>Called with the first event of the files.</summary>
    public void Begin(Instant first)
    {
        if (_start is not null) return;
        (_start, _baselineAt) = (first, Instant.Max(first, _baselineAt));
    }

    /// <summary>Moves the clock to an instant at which events are to be recorded, without working off the deadlines before it.</summary>
    public void MoveTo(Instant instant) => clock.AdvanceTo(instant.ToDateTimeOffset());

    /// <summary>Works off everything due by an instant. The events before it must have been recorded: a deadline may not pass before them.</summary>
    public async Task AdvanceTo(Instant instant, CancellationToken cancellation)
    {
        await population.Reach(ledger.CommitHead, cancellation);
        while (partitions.NextDue is var due && due <= instant)
        {
            var next = Instant.Min(instant, Instant.Max(due, time.Now).Plus(DeadlineSlice));
            MoveTo(next);
            await population.AdvanceTo(next, partitions.DueBy(next), cancellation);
        }

        MoveTo(instant);
    }

    /// <summary>Publishes the next baseline, at its instant.</summary>
    public async Task PassBaseline(CancellationToken cancellation)
    {
        _baselineAt = NextBaseline;
        await AdvanceTo(_baselineAt, cancellation);
        await PublishBaseline(cancellation);
    }

    /// <summary>
    /// Advances the clock to the end and evaluates every customer under a baseline of that instant; when it returns, the live counts include
    /// everything.
    /// </summary>
    public async Task Settle(Instant instant, CancellationToken cancellation)
    {
        while (NextBaseline < instant) await PassBaseline(cancellation);
        await AdvanceTo(instant, cancellation);
        await PublishBaseline(cancellation);
        while (!await grains.LogReader().ReachSegments(ledger.Head.ToString())) cancellation.ThrowIfCancellationRequested();
    }

    private async Task PublishBaseline(CancellationToken cancellation)
    {
        await calls.Call((Rules: grains.Rules(), asOf: time.Now), static call => call.Rules.PublishBaseline(call.asOf));
        while (!await grains.Rules().Settled()) cancellation.ThrowIfCancellationRequested();
        await population.AdvanceTo(time.Now, partitions.DueBy(time.Now), cancellation);
    }
}
