namespace Grid.Tests.Engine;

/// <summary>How long an engine waits for what, in the time that <see cref="EngineFixture.Pass"/> lets pass.</summary>
public sealed record EngineTimes
{
    /// <summary>How long an activation may be idle before it is collected.</summary>
    public TimeSpan IdleAge { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often the idle are looked for.</summary>
    public TimeSpan CollectionPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A caller that waits this long gets a <see cref="TimeoutException"/>.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A grain whose deactivation takes longer is let go all the same.</summary>
    public TimeSpan DeactivationTimeout { get; init; } = TimeSpan.FromHours(2);
}
