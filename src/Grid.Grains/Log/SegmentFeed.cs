using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Transitions;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Log;

/// <summary>
/// Hands the log to the segments, each of which counts one scheme. Every page goes to all of them before the next is read, so that between two pages
/// all segments are at the same position. Each segment stores its position: a stretch that comes twice changes nothing.
/// </summary>
/// <remarks><see cref="Run"/> runs in the turns of one grain; <see cref="Counts"/> and <see cref="WaitFor"/> are called in other turns of it.</remarks>
/// <param name="machine">The time of pauses and retries.</param>
public sealed partial class SegmentFeed(
    ILedger ledger, IGrainFactory grains, CurrentRules rules, TimeProvider machine, ILogger<SegmentFeed> logger) : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(GridLimits.AskRetryMilliseconds);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(GridLimits.LogPollMilliseconds);
    private static readonly TimeSpan BetweenPushes = TimeSpan.FromMilliseconds(GridLimits.SegmentPushMilliseconds);

    // Held while a page is handed over: its holder sees all segments at one position.
    private readonly SemaphoreSlim _page = new(1, 1);
    private readonly AsyncSignal _moved = new();

    // The position of each segment, and the schemes of the rulebook in force when they were last listed.
    private readonly Dictionary<string, LogPosition> _positions = [];
    private List<string> _schemes = [];
    private int _listedRulebook;

    private volatile LogPosition _position = LogPosition.Start;
    private bool _hasNews = true;
    private long _pushed;
    private long _touched;

    /// <summary>Every segment has counted the log up to this position.</summary>
    public LogPosition Position => _position;

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await rules.Published.WaitAsync(cancellation);
        while (true)
        {
            var committed = ledger.Signal.Next();
            try
            {
                while (await Step(cancellation)) await PushWhenDue(cancellation);
                await PushWhenDue(cancellation);
                if (machine.GetElapsedTime(_touched) >= PollPause)
                {
                    await Touch(cancellation);
                    while (await Step(cancellation)) await PushWhenDue(cancellation);
                }
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                // Each segment stores its position: the next step reads the positions again and the log from there.
                CouldNotFeed(logger, CallFailures.LevelOf(exception), exception);
                _positions.Clear();
                _hasNews = true;
                await Task.Delay(RetryPause, machine, cancellation);
                continue;
            }

            await committed.WaitAsync(_hasNews ? BetweenPushes : PollPause, machine, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Returns when all segments have counted the log up to a position.</summary>
    public async Task WaitFor(LogPosition position, CancellationToken cancellation)
    {
        while (true)
        {
            var moved = _moved.Next();
            if (_position.Covers(position)) return;
            await moved.WaitAsync(cancellation);
        }
    }

    /// <summary>The counts of some segments, all at one position.</summary>
    public async Task<IReadOnlyList<SegmentSnapshot>> Counts(IReadOnlyList<string> schemes, CancellationToken cancellation)
    {
        await _page.WaitAsync(cancellation);
        try
        {
            // A segment that is new to this reader is behind the others until it has been handed the earlier pages.
            if (!AreTogether(schemes)) await CatchUp(schemes, cancellation);
            while (true)
            {
                var counts = await Task.WhenAll(schemes.Select(scheme => grains.Segment(scheme).Snapshot())).WaitAsync(cancellation);
                if (!DropMoved(counts)) return counts;
                await CatchUp(schemes, cancellation);
            }
        }
        finally
        {
            _page.Release();
        }
    }

    public void Dispose() => _page.Dispose();

    /// <returns>Whether the log may have more.</returns>
    private async Task<bool> Step(CancellationToken cancellation)
    {
        await _page.WaitAsync(cancellation);
        try
        {
            return await Feed([], cancellation);
        }
        finally
        {
            _page.Release();
        }
    }

    /// <summary>Drops the positions of segments that have another one now: a segment whose silo died continues from its last stored counts.</summary>
    /// <returns>Whether any position was dropped.</returns>
    private bool DropMoved(IEnumerable<SegmentSnapshot> counts)
    {
        var any = false;
        foreach (var segment in counts)
            if (_positions.TryGetValue(segment.Scheme, out var position) && !position.Equals(LogPosition.Parse(segment.Position)))
                any |= _positions.Remove(segment.Scheme);
        return any;
    }

    /// <summary>Checks the positions of all segments from time to time: one whose silo died starts again by this call.</summary>
    private async Task Touch(CancellationToken cancellation)
    {
        _touched = machine.GetTimestamp();
        await _page.WaitAsync(cancellation);
        try
        {
            DropMoved(await Task.WhenAll(_positions.Keys.ToList().Select(scheme => grains.Segment(scheme).Snapshot())).WaitAsync(cancellation));
        }
        finally
        {
            _page.Release();
        }
    }

    private bool AreTogether(IReadOnlyList<string> schemes) => schemes.All(scheme =>
        _positions.TryGetValue(scheme, out var position) && _positions.TryGetValue(schemes[0], out var first) && position.Equals(first));

    private async Task CatchUp(IReadOnlyList<string> schemes, CancellationToken cancellation)
    {
        // Stops before the end of the log, because commits may extend the log as fast as this reads.
        while (await Feed(schemes, cancellation) && !AreTogether(schemes))
        {
            // Some segments are still behind the others.
        }
    }

    private async Task<bool> Feed(IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        await FindPositions(wanted, cancellation);
        var from = Earliest();
        var page = await ledger.Tail(from, GridLimits.LogPageMax, cancellation);
        if (page.Next.Equals(from))
        {
            Move(from);
            return false;
        }

        var items = page.Items.ToLookup(item => item.Transition.Scheme);
        await Task.WhenAll(_positions.Keys.ToList().Select(scheme => Hand(scheme, items[scheme], page.Next))).WaitAsync(cancellation);
        _hasNews = true;
        Move(Earliest());
        return true;
    }

    /// <summary>
    /// Reads the missing positions from the segments. A segment of a removed scheme is fed until its counts are empty: the migration that takes the
    /// customers out may be interrupted, and continue on another silo.
    /// </summary>
    /// <param name="wanted">Schemes whose counts are being read: their rulebook may be in force although this silo does not know it yet.</param>
    private async Task FindPositions(IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        var current = rules.Value;
        if (_listedRulebook != current.Rulebook.Number)
        {
            _schemes = [.. current.Layouts.Values.SelectMany(layout => layout.Schemes).Select(scheme => scheme.Id).Distinct()];
            _listedRulebook = current.Rulebook.Number;
        }

        _schemes.AddRange(wanted.Except(_schemes).ToList());
        for (var at = _schemes.Count - 1; at >= 0; at--)
        {
            var scheme = _schemes[at];
            if (_positions.ContainsKey(scheme)) continue;
            var tally = new SegmentTally(await grains.Segment(scheme).Snapshot().WaitAsync(cancellation));
            var isGone = current.Rulebook.Find(scheme) is null && tally.Counts.Values.All(count => count == 0);
            if (isGone && !wanted.Contains(scheme)) _schemes.RemoveAt(at);
            else _positions[scheme] = tally.Position;
        }
    }

    /// <summary>
    /// Hands a segment the transitions of a page that it has not counted. A segment may be ahead of the page, perhaps in one lane only; it stays
    /// ahead there.
    /// </summary>
    private async Task Hand(string scheme, IEnumerable<LoggedTransition> items, LogPosition end)
    {
        var after = _positions[scheme];
        var upTo = after.Later(end);
        if (after.Equals(upTo)) return;
        var transitions = new List<Transition>();
        foreach (var item in items)
            if (item.Sequence > after[item.Lane])
                transitions.Add(item.Transition);
        await grains.Segment(scheme).Fold(new LogStretch(after.ToString(), upTo.ToString(), transitions));
        _positions[scheme] = upTo;
    }

    /// <summary>Makes all segments push their counts to subscribers, all at one position, at most ten times a second.</summary>
    private async Task PushWhenDue(CancellationToken cancellation)
    {
        if (!_hasNews || machine.GetElapsedTime(_pushed) < BetweenPushes) return;
        (_hasNews, _pushed) = (false, machine.GetTimestamp());
        await Task.WhenAll(_positions.Keys.ToList().Select(scheme => grains.Segment(scheme).Push())).WaitAsync(cancellation);
    }

    private void Move(LogPosition position)
    {
        if (_position.Equals(position)) return;
        _position = position;
        _moved.Set();
    }

    /// <summary>The smallest position of all segments, lane by lane.</summary>
    private LogPosition Earliest()
    {
        LogPosition? earliest = null;
        foreach (var position in _positions.Values) earliest = earliest?.Earlier(position) ?? position;
        return earliest ?? ledger.Head;
    }

    [LoggerMessage(Message = "The log could not be handed to the segments; retrying.")]
    private static partial void CouldNotFeed(ILogger logger, LogLevel level, Exception exception);
}
