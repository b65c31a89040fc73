using Grid.Ledger;

namespace Grid.Grains.Segments;

/// <summary>
/// The work of a <see cref="SegmentGrain"/>: folds the stretches of the log that the feed hands it into counts and flows, each once.
/// </summary>
/// <param name="scheme">The scheme whose population it counts.</param>
/// <param name="state">The stored state; changed in place.</param>
/// <param name="clock">The grid's.</param>
public sealed class Segment(string scheme, SegmentState state, GridClock clock)
{
    /// <summary>The place in the log up to which everything is counted.</summary>
    public string Position => state.Position;

    /// <summary>Whether the state has changed since it was stored.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Called once, before anything else.</summary>
    public void Upgrade() => state.Upgrade(clock.Now);

    /// <summary>Counts a stretch of the log. A stretch counted before changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The stretch does not begin where the last one ended.</exception>
    public void Fold(LogStretch stretch)
    {
        var (position, upTo) = (LogPosition.Parse(state.Position), LogPosition.Parse(stretch.UpTo));
        if (position.Covers(upTo)) return;
        if (!position.Equals(LogPosition.Parse(stretch.After)))
            throw new InvalidOperationException($"Segment {scheme} is at {position}, the stretch begins after {stretch.After}.");

        // The transitions that a lane has contributed already would be counted twice.
        if (!upTo.Covers(position))
            throw new InvalidOperationException($"Segment {scheme} is at {position}, the stretch ends at {upTo}.");
        foreach (var transition in stretch.Transitions) state.Fold(transition);
        state.Position = stretch.UpTo;
        state.Prune(clock.Now);
        HasChanged = true;
    }

    /// <param name="stretches">The spans whose flows the caller wants beside the counts.</param>
    public SegmentSnapshot Snapshot(IReadOnlyList<FlowStretch> stretches)
    {
        var now = clock.Now;
        return new SegmentSnapshot(
            scheme,
            state.Position,
            new Dictionary<string, long>(state.Counts),
            [.. stretches.SelectMany(state.FlowsWithin)],
            [.. stretches.Select(stretch => state.KeptFrom(stretch.Length, now).Milliseconds)]);
    }

    /// <summary>Stores the state if it has changed.</summary>
    public async Task Store(Func<Task> write)
    {
        if (!HasChanged) return;
        HasChanged = false;
        await write();
    }
}
