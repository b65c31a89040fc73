using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Rules;

/// <summary>When the silo computes the baseline without a request: after each interval of grid time, and whenever a daily scheme is due.</summary>
/// <param name="Interval">Zero: never.</param>
public sealed record BaselineSchedule(TimeSpan Interval)
{
    /// <summary>The machine rests this long between two computations, however fast the grid's clock runs.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public Instant NextAfter(Instant now, Rulebook rulebook) =>
        Instant.Min(now.Plus((long)Interval.TotalMilliseconds), rulebook.NextDerivation(now));

    /// <summary>How long to wait, on the machine's clock.</summary>
    public TimeSpan WaitAfter(Instant now, double speed, Rulebook rulebook)
    {
        var wait = TimeSpan.FromMilliseconds(NextAfter(now, rulebook).Milliseconds - now.Milliseconds) / speed;
        return wait > Shortest ? wait : Shortest;
    }
}
