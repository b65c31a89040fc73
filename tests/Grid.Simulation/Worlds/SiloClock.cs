namespace Grid.Simulation.Worlds;

/// <summary>A silo's clock: the world's clock, set back by an offset.</summary>
internal sealed class SiloClock(TimeProvider world) : TimeProvider
{
    public TimeSpan Behind { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() - Behind;

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.CreateTimer(callback, state, dueTime, period);
}
