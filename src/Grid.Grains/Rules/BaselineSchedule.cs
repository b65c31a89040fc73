using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Rules;

/// <summary>When the baseline is computed by itself: after each interval of grid time and whenever a daily scheme is due.</summary>
/// <param name="Interval">Zero: never.</param>
public sealed record BaselineSchedule(TimeSpan Interval)
{
    /// <summary>However fast the grid's clock runs, the machine rests for so long between two computations.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public Instant NextAfter(Instant now, Rulebook rulebook) =>
        Instant.Min(now.Plus((long)Interval.TotalMilliseconds), rulebook.NextDerivation(now));

    /// <summary>How long to wait, of the machine's time.</summary>
    public TimeSpan WaitAfter(Instant now, double speed, Rulebook rulebook)
    {
        var wait = TimeSpan.FromMilliseconds(NextAfter(now, rulebook).Milliseconds - now.Milliseconds) / speed;
        return wait > Shortest ? wait : Shortest;
    }
}
