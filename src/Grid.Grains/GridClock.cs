using Grid.Model.Time;

namespace Grid.Grains;

/// <summary>
/// The grid's own time, which a replay or a demo runs at its own speed. Leases, retries and the deactivation of idle grains use the system's clock.
/// </summary>
/// <param name="speed">Grid seconds per real second; 1 in production.</param>
public sealed class GridClock(TimeProvider provider, double speed = 1)
{
    public TimeProvider Provider => provider;

    public double Speed => speed;

    /// <summary>
    /// Whether recorded events move the clock. Its steps only group the work: each transition counts as recorded at the instant at which it takes effect.
    /// </summary>
    public bool IsReplayed { get; init; }

    public Instant Now => Instant.From(provider.GetUtcNow());
}
