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
    private Segment _segment = null!;
    private string? _pushed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await IsForeign(cancellationToken)) stored.State = new SegmentState();
        _segment = new Segment(this.GetPrimaryKeyString(), stored.State, clock);
        _segment.Upgrade();
        this.RegisterGrainTimer(Write, new GrainTimerCreationOptions(WriteInterval, WriteInterval));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Write();

    public Task Fold(LogStretch stretch)
    {
        _segment.Fold(stretch);
        return Task.CompletedTask;
    }

    public Task<SegmentSnapshot> Snapshot() => SnapshotWithFlows([]);

    public Task<SegmentSnapshot> SnapshotWithFlows(IReadOnlyList<FlowStretch> stretches) => Task.FromResult(_segment.Snapshot(stretches));

    public async Task Push()
    {
        _observers.ClearExpired();
        if (_observers.Count == 0 || _pushed == _segment.Position) return;
        _pushed = _segment.Position;
        var counts = await Snapshot();
        await _observers.Notify(observer => observer.Counted(counts));
    }

    public Task<SegmentSnapshot> Subscribe(ISegmentObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Snapshot();
    }

    public Task Unsubscribe(ISegmentObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    /// <summary>Whether the stored counts are unreadable or belong to another log: then the segment counts again from the start of the log.</summary>
    private async Task<bool> IsForeign(CancellationToken cancellation)
    {
        var (scheme, state) = (this.GetPrimaryKeyString(), stored.State);
        if (state.IsUnreadable) CannotBeRead(logger, scheme);
        else if (!LogPosition.TryParse(state.Position, out var position) || !await LogFingerprint.IsAt(ledger, position, state.Mark, cancellation))
            AreOfAnotherLog(logger, scheme, state.Position);
        else return false;
        return true;
    }

    private Task Write() => _segment.Store(async () =>
    {
        stored.State.Mark = await LogFingerprint.At(ledger, LogPosition.Parse(stored.State.Position), CancellationToken.None);
        await stored.WriteStateAsync();
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored counts of {Scheme} cannot be read. They are counted again from the start of the log.")]
    private static partial void CannotBeRead(ILogger logger, string scheme);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The stored counts of {Scheme} are of another log than this one's at {Position}, as after a restore of one without the "
            + "other. They are counted again from the start of the log.")]
    private static partial void AreOfAnotherLog(ILogger logger, string scheme, string position);
}
