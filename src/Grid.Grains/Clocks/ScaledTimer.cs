namespace Grid.Grains.Clocks;

/// <summary>
/// A timer of a <see cref="ScaledClock"/>. It never fires before its scaled due instant: a real timer that wakes
/// early is armed again. Periods shorter than the real timer's resolution are skipped over, not caught up.
/// </summary>
internal sealed class ScaledTimer : ITimer
{
    private readonly ScaledClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _timer;

    // Guards the fields below.
    private readonly Lock _gate = new();
    private long _dueTicks;
    private long _periodTicks;
    private bool _armed;
    private bool _disposed;

    internal ScaledTimer(
        ScaledClock clock, TimeProvider beneath, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _timer = beneath.CreateTimer(
            static timer => ((ScaledTimer)timer!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_disposed)
                return false;
            _periodTicks = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            _armed = dueTime != Timeout.InfiniteTimeSpan;
            if (!_armed)
                return _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _dueTicks = _clock.GetTimestamp() + dueTime.Ticks;
            return _timer.Change(_clock.Beneath(dueTime.Ticks), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _armed = false;
        }
        _timer.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _armed = false;
        }
        return _timer.DisposeAsync();
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (!_armed)
                return;
            var now = _clock.GetTimestamp();
            if (now < _dueTicks)
            {
                _timer.Change(_clock.Beneath(_dueTicks - now), Timeout.InfiniteTimeSpan);
                return;
            }
            _armed = _periodTicks > 0;
            if (_armed)
            {
                _dueTicks += (1 + (now - _dueTicks) / _periodTicks) * _periodTicks;
                _timer.Change(_clock.Beneath(_dueTicks - now), Timeout.InfiniteTimeSpan);
            }
        }
        _callback(_state);
    }
}
