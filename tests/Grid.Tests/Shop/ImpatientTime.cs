using Grid.Shop;

namespace Grid.Tests.Shop;

/// <summary>A stopped clock on which every pause ends at once; the timeouts, which are longer, never fire.</summary>
internal sealed class ImpatientTime(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _pauses = [];

    /// <summary>Every requested pause so far.</summary>
    public List<TimeSpan> Pauses
    {
        get
        {
            lock (_gate) return [.. _pauses];
        }
    }

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > TimeSpan.FromSeconds(ShopLimits.RetryPauseSecondsMax)) return new SpentTimer();
        lock (_gate) _pauses.Add(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new SpentTimer();
    }

    private sealed class SpentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
