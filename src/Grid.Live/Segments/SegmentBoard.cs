using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Microsoft.Extensions.Logging;

namespace Grid.Live.Segments;

/// <summary>
/// The newest counts, pushed by the segments to this host while it has watchers, and shown when all of them are at one place; without news
/// they are shown again for each heartbeat.
/// </summary>
internal sealed partial class SegmentBoard(
    SegmentReader reader, IGrainFactory grains, CurrentRules rules, TimeProvider time, ILogger<SegmentBoard> logger) : ISegmentObserver, IDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(GridLimits.SubscriptionRenewalSeconds);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(LiveLimits.HeartbeatMilliseconds);
    private readonly Lock _gate = new();

    // Touched under the gate only. A reading that ends after its watchers have left is not shown: their token is cancelled.
    private int _watchers;
    private CancellationTokenSource? _reading;
    private long _shownAt;

    // The newest push of each scheme. Touched under the gate only.
    private readonly Dictionary<string, SegmentSnapshot> _pushed = [];

    private volatile Showing _showing = new(null);

    /// <summary>What is shown now, null at first, and a task that completes when something else is.</summary>
    public (GridCounts? Counts, Task Replaced) Latest
    {
        get
        {
            var showing = _showing;
            return (showing.Counts, showing.Replaced.Task);
        }
    }

    /// <summary>Keeps the board up to date until disposed.</summary>
    public IDisposable Watch()
    {
        lock (_gate)
        {
            if (_watchers++ == 0)
            {
                _reading = new CancellationTokenSource();
                var token = _reading.Token;
                _ = Task.Run(() => Run(token), CancellationToken.None);
            }
        }

        return new Watching(this);
    }

    public void Dispose()
    {
        lock (_gate) StopReading();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_watchers > 0) return;
            StopReading();
            _pushed.Clear();
            _showing = new Showing(null);
        }
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
    private async Task Run(CancellationToken stop)
    {
        var self = grains.CreateObjectReference<ISegmentObserver>(this);
        var (subscribedAt, rulebook) = (0L, 0);
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
            // Nobody watches any more.
        }
        finally
        {
            grains.DeleteObjectReference<ISegmentObserver>(self);
        }
    }

    private bool IsFresh => time.GetElapsedTime(Volatile.Read(ref _shownAt)) < Heartbeat;

    /// <summary>Shows what was pushed when it is complete and of one place.</summary>
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

    private sealed record Showing(GridCounts? Counts)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Watching(SegmentBoard board) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) board.Leave();
        }
    }
}
