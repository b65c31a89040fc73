using Microsoft.Extensions.Time.Testing;

namespace Grid.Delivery.Tests;

/// <summary>A clock that only a test moves, and that reports when something begins to wait for it.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _span;

    /// <param name="span">The wait to report.</param>
    public WatchedClock(TimeSpan span = default)
        : base(Some.Noon.ToDateTimeOffset()) => _span = span;

    /// <summary>Completes when a timer over the span is set.</summary>
    public Task Waiting => _waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == _span) _waiting.TrySetResult();
        return timer;
    }
}
