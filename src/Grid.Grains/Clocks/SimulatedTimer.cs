namespace Grid.Grains.Clocks;

/// <summary>One timer of a <see cref="SimulatedClock"/>, whose gate guards the fields below.</summary>
internal sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state, long number) : ITimer
{
    /// <summary>By due instant; timers due together fire in the order they were created.</summary>
    internal static readonly Comparer<SimulatedTimer> InOrder = Comparer<SimulatedTimer>.Create((left, right) =>
    {
        var byDue = left.DueTicks.CompareTo(right.DueTicks);
        return byDue != 0 ? byDue : left._number.CompareTo(right._number);
    });

    private readonly long _number = number;

    internal long DueTicks { get; set; }

    /// <summary>Zero for a timer that fires once.</summary>
    internal long PeriodTicks { get; set; }

    internal bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        return clock.Arm(this, dueTime, period);
    }

    public void Dispose() => clock.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => callback(state);
}
