using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// The events of one name within one UTC hour, and how they split into its quarters. <see cref="Hour"/> counts from 1970.
/// </summary>
/// <param name="Count">Of the whole hour.</param>
/// <param name="DwellSeconds">Of the whole hour.</param>
public record struct HourBucket(int Hour, string Name, int Count, int DwellSeconds)
{
    /// <summary>Quarters of an hour.</summary>
    public const int Quarters = 4;

    public readonly Instant At => new(Hour * MillisecondsPer.Hour);

    /// <summary>The second, third and fourth quarter; the first has what is left of the hour.</summary>
    internal QuarterTotals Later { get; set; }

    public readonly Instant AtQuarter(int quarter) => new(Hour * MillisecondsPer.Hour + quarter * MillisecondsPer.Quarter);

    /// <param name="quarter">From 0 to 3.</param>
    public readonly int CountOf(int quarter) => quarter == 0 ? Count - Later.CountSum : Later.CountOf(quarter);

    /// <inheritdoc cref="CountOf"/>
    public readonly int DwellOf(int quarter) => quarter == 0 ? (int)Math.Max(0, DwellSeconds - Later.DwellSum) : Later.DwellOf(quarter);

    /// <summary>The start of the last quarter with an event, no later than an instant; null when there is none.</summary>
    internal readonly Instant? LastAt(Instant now)
    {
        for (var quarter = Quarters - 1; quarter >= 0; quarter--)
            if (CountOf(quarter) > 0 && AtQuarter(quarter) <= now)
                return AtQuarter(quarter);
        return null;
    }

    internal void Add(int quarter, int dwellSeconds)
    {
        Count++;
        DwellSeconds = (int)Math.Min(int.MaxValue, (long)DwellSeconds + dwellSeconds);
        if (quarter > 0) Later = Later.Plus(quarter, dwellSeconds);
    }
}

/// <summary>The events of the second, third and fourth quarter of an hour.</summary>
internal readonly record struct QuarterTotals(int Count1, int Dwell1, int Count2, int Dwell2, int Count3, int Dwell3)
{
    public bool IsNone => CountSum == 0;

    public int CountSum => Count1 + Count2 + Count3;

    public long DwellSum => (long)Dwell1 + Dwell2 + Dwell3;

    public int CountOf(int quarter) => quarter switch { 1 => Count1, 2 => Count2, _ => Count3 };

    public int DwellOf(int quarter) => quarter switch { 1 => Dwell1, 2 => Dwell2, _ => Dwell3 };

    public QuarterTotals Plus(int quarter, int dwellSeconds)
    {
        var dwell = (int)Math.Min(int.MaxValue, (long)DwellOf(quarter) + dwellSeconds);
        return quarter switch
        {
            1 => this with { Count1 = Count1 + 1, Dwell1 = dwell },
            2 => this with { Count2 = Count2 + 1, Dwell2 = dwell },
            _ => this with { Count3 = Count3 + 1, Dwell3 = dwell },
        };
    }
}
