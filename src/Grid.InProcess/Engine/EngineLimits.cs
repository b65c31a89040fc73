namespace Grid.InProcess.Engine;

/// <summary>Everything the engine bounds, and what happens there.</summary>
public sealed record EngineLimits
{
    /// <summary>How long an activation may be idle before it is collected.</summary>
    public TimeSpan IdleAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the idle are looked for; also the precision of their age.</summary>
    public TimeSpan CollectionPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Above this many activations the longest idle are shed. At twice as many, calls to grains that are not in memory
    /// fail with LimitExceededException.
    /// </summary>
    public int ResidentGrainsMax { get; init; } = 2_000_000;

    /// <summary>A call to a grain with this many calls waiting fails with LimitExceededException.</summary>
    public int WaitingCallsPerGrainMax { get; init; } = 10_000;

    /// <summary>A grain that waits this long for another gets a TimeoutException.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A grain whose OnDeactivateAsync takes longer is let go all the same.</summary>
    public TimeSpan DeactivationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When stopping takes longer, the grains still active are left where they are.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many items an activation runs before others get its thread.</summary>
    public int ItemsPerTurn { get; init; } = 32;

    /// <summary>At this many observers, CreateObjectReference fails with LimitExceededException.</summary>
    public int ObserversMax { get; init; } = 10_000;
}
