using Grid.Ledger;

namespace Grid.Grains.Segments;

[KeepAlive]
public sealed class SegmentGrain([PersistentState("segment")] IPersistentState<SegmentState> stored, GridClock clock) : Grain, ISegmentGrain
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(GridLimits.SegmentWriteMilliseconds);
    private bool _changed;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stored.State.Upgrade(clock.Now);
        this.RegisterGrainTimer(Write, new GrainTimerCreationOptions(WriteInterval, WriteInterval));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Write();

    public Task Fold(LogStretch stretch)
    {
        var state = stored.State;
        var (position, upTo) = (Parse(state.Position), Parse(stretch.UpTo));
        if (position.Covers(upTo)) return Task.CompletedTask;
        if (!position.Equals(Parse(stretch.After)))
            throw new InvalidOperationException($"Segment {this.GetPrimaryKeyString()} is at {position}, the stretch begins after {stretch.After}.");

        // What was taken in of a lane would be taken in again.
        if (!upTo.Covers(position))
            throw new InvalidOperationException($"Segment {this.GetPrimaryKeyString()} is at {position}, the stretch ends at {upTo}.");
        foreach (var transition in stretch.Transitions) state.Fold(transition);
        state.Position = stretch.UpTo;
        state.Prune(clock.Now);
        _changed = true;
        return Task.CompletedTask;
    }

    public Task<SegmentSnapshot> Snapshot() => SnapshotWithFlows([]);

    public Task<SegmentSnapshot> SnapshotWithFlows(IReadOnlyList<FlowStretch> stretches)
    {
        var (state, now) = (stored.State, clock.Now);
        return Task.FromResult(new SegmentSnapshot(
            this.GetPrimaryKeyString(),
            state.Position,
            new Dictionary<string, long>(state.Counts),
            [.. stretches.SelectMany(state.FlowsWithin)],
            [.. stretches.Select(stretch => state.KeptFrom(stretch.Length, now).Milliseconds)]));
    }

    private async Task Write()
    {
        if (!_changed) return;
        _changed = false;
        await stored.WriteStateAsync();
    }

    private static LogPosition Parse(string text) =>
        LogPosition.TryParse(text, out var position) ? position : throw new FormatException($"'{text}' is no position of the log.");
}
