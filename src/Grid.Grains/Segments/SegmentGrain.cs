using Grid.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Grid.Grains.Segments;

[KeepAlive]
public sealed class SegmentGrain(
    [PersistentState("segment")] IPersistentState<SegmentState> stored, GridClock clock, ILogger<SegmentGrain> logger) : Grain, ISegmentGrain
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(GridLimits.SegmentWriteMilliseconds);
    private readonly ObserverManager<ISegmentObserver> _observers = new(TimeSpan.FromSeconds(GridLimits.SubscriptionSeconds), logger);
    private string? _pushed;
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
        var (position, upTo) = (LogPosition.Parse(state.Position), LogPosition.Parse(stretch.UpTo));
        if (position.Covers(upTo)) return Task.CompletedTask;
        if (!position.Equals(LogPosition.Parse(stretch.After)))
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

    public async Task Push()
    {
        _observers.ClearExpired();
        if (_observers.Count == 0 || _pushed == stored.State.Position) return;
        _pushed = stored.State.Position;
        var counts = await Snapshot();
        await _observers.Notify(observer => observer.Counted(counts));
    }

    public Task<SegmentSnapshot> Subscribe(ISegmentObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Snapshot();
    }

    private async Task Write()
    {
        if (!_changed) return;
        _changed = false;
        await stored.WriteStateAsync();
    }
}
