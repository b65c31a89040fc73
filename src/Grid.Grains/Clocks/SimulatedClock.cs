namespace Grid.Grains.Clocks;

/// <summary>
/// A clock that stops until it is advanced, and then fires its timers in the order they are due,
/// each at its own instant.
/// </summary>
/// <remarks>
/// Callbacks run on the advancing thread. A timer that is due at once fires on the next advance, even one by
/// nothing, so that no callback ever runs inside <see cref="CreateTimer"/>.
/// </remarks>
public sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    // Held while callbacks run, so that two drivers never fire timers side by side; the same thread may enter again.
    private readonly Lock _advancing = new();

    // Guards everything below; never held while a callback runs.
    private readonly Lock _gate = new();
    private readonly SortedSet<SimulatedTimer> _timers = new(SimulatedTimer.InOrder);
    private long _nowTicks = start.UtcTicks;
    private long _created;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due, or null when none is waiting.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return _timers.Min is { } first ? At(Math.Max(first.DueTicks, _nowTicks)) : null;
        }
    }

    public override DateTimeOffset GetUtcNow() => At(Volatile.Read(ref _nowTicks));

    public override long GetTimestamp() => Volatile.Read(ref _nowTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        SimulatedTimer timer;
        lock (_gate)
            timer = new SimulatedTimer(this, callback, state, _created++);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
            AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves on to <paramref name="instant"/>; an instant already passed moves nothing back.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        lock (_advancing)
        {
            while (TakeDue(instant.UtcTicks) is { } timer)
                timer.Fire();
            MoveTo(instant.UtcTicks);
        }
    }

    /// <summary>
    /// Moves on to <paramref name="instant"/>, stopping at every instant at which a timer is due, and awaits
    /// <paramref name="settle"/> at each before going on: what a timer sets off is over before later ones fire.
    /// </summary>
    public async Task AdvanceTo(DateTimeOffset instant, Func<Task> settle)
    {
        ArgumentNullException.ThrowIfNull(settle);
        while (NextDue is { } due && due <= instant)
        {
            AdvanceTo(due);
            await settle();
        }
        AdvanceTo(instant);
        await settle();
    }

    internal bool Arm(SimulatedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (timer.IsDisposed)
                return false;
            timer.PeriodTicks = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            timer.DueTicks = _nowTicks + dueTime.Ticks;
            _timers.Add(timer);
            return true;
        }
    }

    internal void Disarm(SimulatedTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private SimulatedTimer? TakeDue(long untilTicks)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } first || first.DueTicks > Math.Max(untilTicks, _nowTicks))
                return null;
            _timers.Remove(first);
            _nowTicks = Math.Max(_nowTicks, first.DueTicks);
            if (first.PeriodTicks > 0)
            {
                first.DueTicks += first.PeriodTicks;
                _timers.Add(first);
            }
            return first;
        }
    }

    private void MoveTo(long ticks)
    {
        lock (_gate)
            _nowTicks = Math.Max(_nowTicks, ticks);
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
