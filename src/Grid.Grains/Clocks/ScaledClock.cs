namespace Grid.Grains.Clocks;

/// <summary>A clock that starts at a chosen instant and runs <c>speed</c> times as fast as the one beneath it.</summary>
public sealed class ScaledClock : TimeProvider
{
    private readonly TimeProvider _beneath;
    private readonly double _speed;
    private readonly long _startTicks;
    private readonly long _origin;

    /// <param name="start">What the clock shows when it is created.</param>
    /// <param name="speed">Seconds of this clock in one second of the clock beneath; above zero.</param>
    /// <param name="beneath">The clock that really runs, usually <see cref="TimeProvider.System"/>.</param>
    public ScaledClock(DateTimeOffset start, double speed, TimeProvider beneath)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        ArgumentNullException.ThrowIfNull(beneath);
        _beneath = beneath;
        _speed = speed;
        _startTicks = start.UtcTicks;
        _origin = beneath.GetTimestamp();
    }

    public override TimeZoneInfo LocalTimeZone => _beneath.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <summary>Ticks of this clock's own time.</summary>
    public override long GetTimestamp() => _startTicks + (long)(_beneath.GetElapsedTime(_origin).Ticks * _speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new ScaledTimer(this, _beneath, callback, state, dueTime, period);
    }

    /// <summary>How long the clock beneath needs for this much of the scaled time, in whole milliseconds, rounded up.</summary>
    internal TimeSpan Beneath(long scaledTicks)
    {
        var milliseconds = Math.Ceiling(scaledTicks / _speed / TimeSpan.TicksPerMillisecond);
        return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, LongestWaitMilliseconds));
    }

    // A real timer takes at most 49 days; a longer wait is taken in several steps.
    private const double LongestWaitMilliseconds = 40d * 24 * 60 * 60 * 1000;
}
