using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Microsoft.Extensions.Logging;

namespace Grid.Api.Segments;

/// <summary>
/// The newest counts of all segments, which push them to this host while it has watchers. Watchers see them when all are at one position; without
/// news they see them again at each heartbeat.
/// </summary>
internal sealed partial class SegmentBroadcaster(
    SegmentReader reader, IGrainFactory grains, CurrentRules rules, TimeProvider time, ILogger<SegmentBroadcaster> logger)
    : ISegmentObserver, IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(GridLimits.SubscriptionRenewalSeconds);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(ApiLimits.HeartbeatMilliseconds);
    private readonly Lock _gate = new();

    // Used under the gate only. A reading that ends after its watchers have left is dropped, because their token is cancelled.
    private int _watchers;
    private CancellationTokenSource? _reading;
    private Task _run = Task.CompletedTask;

    // The newest push of each scheme. Used under the gate only.
    private readonly Dictionary<string, SegmentSnapshot> _pushed = [];

    // Used by one run at a time.
    private ISegmentObserver? _self;
    private long _shownAt;

    private volatile Showing _showing = new(null);

    /// <summary>The published counts, null at first, and a task that completes with the next publication.</summary>
    public (GridCounts? Counts, Task Replaced) Latest
    {
        get
        {
            var showing = _showing;
            return (showing.Counts, showing.Replaced.Task);
        }
    }

    /// <summary>Keeps the counts up to date until disposed. After the last watcher's disposal no segment pushes to this host.</summary>
    public IAsyncDisposable Watch()
    {
        lock (_gate)
        {
            if (_watchers++ == 0)
            {
                _reading = new CancellationTokenSource();
                var (before, token) = (_run, _reading.Token);
                _run = Task.Run(() => Run(before, token), CancellationToken.None);
            }
        }

        return new Watching(this);
    }

    public async ValueTask DisposeAsync()
    {
        Task run;
        lock (_gate)
        {
            StopReading();
            run = _run;
        }

        await run;
    }

    private async ValueTask Leave()
    {
        Task run;
        lock (_gate)
        {
            if (--_watchers > 0) return;
            StopReading();
            _pushed.Clear();
            _showing = new Showing(null);
            run = _run;
        }

        await run;
    }

    private void StopReading()
    {
        _reading?.Cancel();
        _reading?.Dispose();
        _reading = null;
    }

    /// <summary>A segment's counts after a stretch of the log.</summary>
    public Task Counted(SegmentSnapshot counts)
    {
        lock (_gate)
        {
            if (_watchers == 0) return Task.CompletedTask;
            _pushed[counts.Scheme] = counts;
            ShowPushed();
        }

        return Task.CompletedTask;
    }

    /// <summary>Subscribes to the segments of the rulebook in force, and again before the subscriptions end.</summary>
    private async Task Run(Task before, CancellationToken stop)
    {
        // Waits for the previous run, whose unsubscription would otherwise end a subscription of this run.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Never deleted: a push can arrive after the unsubscription, and one to a deleted reference logs an error.
        var self = _self ??= grains.CreateObjectReference<ISegmentObserver>(this);
        var (subscribedAt, rulebook) = (0L, 0);
        var subscribed = new HashSet<string>();
        using var timer = new PeriodicTimer(Heartbeat, time);
        try
        {
            do
            {
                try
                {
                    var now = rules.Value.Rulebook;
                    if (now.Number != rulebook || time.GetElapsedTime(subscribedAt) >= Renewal)
                    {
                        subscribed.UnionWith(now.Schemes.Select(scheme => scheme.Id));
                        await Task.WhenAll(now.Schemes.Select(scheme => grains.Segment(scheme.Id).Subscribe(self)));
                        (subscribedAt, rulebook) = (time.GetTimestamp(), now.Number);
                    }

                    if (!IsFresh) Show(await reader.Read(stop), stop);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    CouldNotRead(logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The last watcher has left.
        }
        finally
        {
            await Unsubscribe(subscribed, self);
        }
    }

    private async Task Unsubscribe(IEnumerable<string> schemes, ISegmentObserver self)
    {
        try
        {
            await Task.WhenAll(schemes.Select(scheme => grains.Segment(scheme).Unsubscribe(self)));
        }
        catch (Exception exception)
        {
            CouldNotUnsubscribe(logger, exception);
        }
    }

    private bool IsFresh => time.GetElapsedTime(Volatile.Read(ref _shownAt)) < Heartbeat;

    /// <summary>Publishes the pushed counts when they are complete and at one position.</summary>
    private void ShowPushed()
    {
        var rulebook = rules.Value.Rulebook;
        var counted = new List<SegmentSnapshot>(rulebook.Schemes.Count);
        foreach (var scheme in rulebook.Schemes)
        {
            if (!_pushed.TryGetValue(scheme.Id, out var counts) || (counted.Count > 0 && counted[0].Position != counts.Position)) return;
            counted.Add(counts);
        }

        if (counted.Count > 0) Replace(reader.Of(rulebook, counted));
    }

    private void Show(GridCounts counts, CancellationToken stop)
    {
        lock (_gate)
            if (!stop.IsCancellationRequested)
                Replace(counts);
    }

    private void Replace(GridCounts counts)
    {
        Volatile.Write(ref _shownAt, time.GetTimestamp());
        var before = _showing;
        _showing = new Showing(counts);
        before.Replaced.TrySetResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The segments could not be read for the hub; it is tried again.")]
    private static partial void CouldNotRead(ILogger logger, Exception exception);

    // Logged at debug level: the silo may be stopping, and a subscription that is not renewed expires anyway.
    [LoggerMessage(Level = LogLevel.Debug, Message = "A subscription to the segments could not be ended; it expires by itself.")]
    private static partial void CouldNotUnsubscribe(ILogger logger, Exception exception);

    private sealed record Showing(GridCounts? Counts)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Watching(SegmentBroadcaster board) : IAsyncDisposable
    {
        private int _left;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _left, 1) == 0 ? board.Leave() : ValueTask.CompletedTask;
    }
}
