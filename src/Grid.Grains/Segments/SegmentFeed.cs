using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model.Transitions;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Segments;

/// <summary>
/// Reads the log once for all segments and hands each its own part. Each segment keeps its position, so a stretch handed over twice or
/// a lost nudge changes nothing. One process does this for all; the others look how far the segments are.
/// </summary>
public sealed partial class SegmentFeed(
    ILedger ledger, IGrainFactory grains, CurrentRules rules, IHostShare share, ILogger<SegmentFeed> logger)
    : ICommitObserver, IDisposable
{
    private readonly SemaphoreSlim _nudge = new(0, 1);

    // Only the reading loop touches these three: where the segments are, and which there are under a rulebook.
    private readonly Dictionary<string, LogPosition> _positions = [];
    private List<string> _schemes = [];
    private int _schemesOf;

    // Written by the reading loop, read by whoever waits.
    private volatile LogPosition _position = LogPosition.Start;
    private volatile TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every segment has taken in everything up to here.</summary>
    public LogPosition Position => _position;

    public void Committed(IReadOnlyList<CommittedCustomer> customers, LogPosition head)
    {
        try
        {
            if (_nudge.CurrentCount == 0) _nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // Someone else has just nudged, which is as good.
        }
    }

    public async Task Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var leads = share.Leads;
            try
            {
                if (leads) await CatchUp(cancellation);
                else await Look();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Each segment knows where it is: it is asked again, and the log is read again from there.
                CouldNotFollow(logger, exception);
                _positions.Clear();
            }

            if (leads) await _nudge.WaitAsync(GridLimits.LogPollMilliseconds, cancellation);
            else await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.SegmentsPollMilliseconds), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Completes when all segments have taken in everything up to a position.</summary>
    public async Task WaitFor(LogPosition position, CancellationToken cancellation)
    {
        while (true)
        {
            var moved = _moved;
            if (_position.Covers(position)) return;
            await moved.Task.WaitAsync(cancellation);
        }
    }

    private async Task Look()
    {
        _positions.Clear();
        await Ask();
        Move(Earliest());
    }

    /// <summary>
    /// Where each segment is. That of a removed scheme is fed until nobody is counted in it any more: the sweep that takes customers out may
    /// be cut off, and go on in another process.
    /// </summary>
    private async Task Ask()
    {
        var current = rules.Value;
        if (_schemesOf != current.Rulebook.Number)
        {
            _schemes = [.. current.Layouts.Values.SelectMany(layout => layout.Schemes).Select(scheme => scheme.Id).Distinct()];
            _schemesOf = current.Rulebook.Number;
        }

        for (var at = _schemes.Count - 1; at >= 0; at--)
        {
            var scheme = _schemes[at];
            if (_positions.ContainsKey(scheme)) continue;
            var tally = new SegmentTally(await grains.Segment(scheme).Snapshot());
            if (current.Rulebook.Find(scheme) is null && tally.Counts.Values.All(count => count == 0)) _schemes.RemoveAt(at);
            else _positions[scheme] = tally.Position;
        }
    }

    private async Task CatchUp(CancellationToken cancellation)
    {
        await Ask();
        while (true)
        {
            var from = Earliest();
            var page = await ledger.Tail(from, GridLimits.LogPageMax, cancellation);
            if (page.Next.Equals(from)) break;
            await Task.WhenAll(_positions.Keys.ToList().Select(scheme => Hand(scheme, page)));
            Move(Earliest());
        }

        Move(Earliest());
    }

    /// <summary>
    /// A segment that is further on than the page, perhaps in one lane only, gets what it has not taken in yet and stays where it is further.
    /// </summary>
    private async Task Hand(string scheme, LogPage page)
    {
        var after = _positions[scheme];
        var upTo = after.Later(page.Next);
        if (after.Equals(upTo)) return;
        var transitions = new List<Transition>();
        foreach (var item in page.Items)
            if (item.Sequence > after[item.Lane] && item.Transition.Scheme == scheme)
                transitions.Add(item.Transition);
        await grains.Segment(scheme).Fold(new LogStretch(after.ToString(), upTo.ToString(), transitions));
        _positions[scheme] = upTo;
    }

    private void Move(LogPosition position)
    {
        if (_position.Equals(position)) return;
        _position = position;
        var moved = _moved;
        _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        moved.TrySetResult();
    }

    /// <summary>The smallest position of all segments, lane by lane.</summary>
    private LogPosition Earliest()
    {
        LogPosition? earliest = null;
        foreach (var position in _positions.Values) earliest = earliest?.Earlier(position) ?? position;
        return earliest ?? ledger.Head;
    }

    public void Dispose() => _nudge.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log could not be followed; it is tried again.")]
    private static partial void CouldNotFollow(ILogger logger, Exception exception);
}
