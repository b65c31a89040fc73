using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Ledger;
using Microsoft.Extensions.Logging;

namespace Grid.Live.Segments;

/// <summary>
/// The newest counts, read once for all clients and only while there are any: when the segments have moved, at most every frame
/// interval, and otherwise for each heartbeat.
/// </summary>
internal sealed partial class SegmentBoard(
    SegmentReader reader, SegmentFeed feed, CurrentRules rules, TimeProvider time, ILogger<SegmentBoard> logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(LiveLimits.FrameIntervalMilliseconds);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(LiveLimits.HeartbeatMilliseconds);
    private readonly Lock _gate = new();

    // Touched under the gate only. A reading that ends after its watchers have left is not shown: their token is cancelled.
    private int _watchers;
    private CancellationTokenSource? _reading;

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
            _showing = new Showing(null);
        }
    }

    private void StopReading()
    {
        _reading?.Cancel();
        _reading?.Dispose();
        _reading = null;
    }

    private async Task Run(CancellationToken stop)
    {
        LogPosition? seen = null;
        var rulebook = 0;
        var readAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                var isNew = !feed.Position.Equals(seen) || rules.Value.Rulebook.Number != rulebook;
                if (!isNew && time.GetElapsedTime(readAt) < Heartbeat) continue;
                seen = feed.Position;
                readAt = time.GetTimestamp();
                rulebook = await Show(stop) ?? rulebook;
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Nobody watches any more.
        }
    }

    /// <returns>The rulebook of what is shown; null when the segments could not be read, which the next tick tries again.</returns>
    private async Task<int?> Show(CancellationToken stop)
    {
        try
        {
            var counts = await reader.Read(stop);
            lock (_gate)
            {
                if (stop.IsCancellationRequested) return null;
                var before = _showing;
                _showing = new Showing(counts);
                before.Replaced.TrySetResult();
            }

            return counts.Rulebook;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            CouldNotRead(logger, exception);
            return null;
        }
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
