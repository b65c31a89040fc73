using Grid.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Grid.Grains.Segments;

[KeepAlive]
public sealed partial class SegmentGrain(
    [PersistentState("segment")] IPersistentState<SegmentState> stored, ILedger ledger, GridClock clock, ILogger<SegmentGrain> logger)
    : Grain, ISegmentGrain
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(GridLimits.SegmentWriteMilliseconds);
    private readonly ObserverManager<ISegmentObserver> _observers = new(TimeSpan.FromSeconds(GridLimits.SubscriptionSeconds), logger);
    private string? _pushed;
    private bool _changed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await RebuildIfForeign(cancellationToken);
        stored.State.Upgrade(clock.Now);
        this.RegisterGrainTimer(Write, new GrainTimerCreationOptions(WriteInterval, WriteInterval));
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

    /// <summary>Begins anew at the start of the log when the stored counts cannot be read, or were not counted from this log.</summary>
    private async Task RebuildIfForeign(CancellationToken cancellation)
    {
        var (scheme, state) = (this.GetPrimaryKeyString(), stored.State);
        if (state.IsUnreadable) CannotBeRead(logger, scheme);
        else if (!LogPosition.TryParse(state.Position, out var position) || !await LogMark.IsAt(ledger, position, state.Mark, cancellation))
            AreOfAnotherLog(logger, scheme, state.Position);
        else return;
        stored.State = new SegmentState();
        _changed = true;
    }

    private async Task Write()
    {
        if (!_changed) return;
        _changed = false;
        stored.State.Mark = await LogMark.At(ledger, LogPosition.Parse(stored.State.Position), CancellationToken.None);
        await stored.WriteStateAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored counts of {Scheme} cannot be read. They are counted again from the start of the log.")]
    private static partial void CannotBeRead(ILogger logger, string scheme);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The stored counts of {Scheme} are of another log than this one's at {Position}, as after a restore of one without the "
            + "other. They are counted again from the start of the log.")]
    private static partial void AreOfAnotherLog(ILogger logger, string scheme, string position);
}
