using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>
/// The busy and quiet hours of a day. The shop samples in even time, in which every moment is equally likely; this class maps even time to the clock,
/// so that nights are quiet and evenings busy. The mapping only distorts time within a local day: it keeps order, and whole days of even time are
/// whole days of the clock, so that counts over whole days follow the models.
/// </summary>
internal static class DayRhythm
{
    /// <summary>China Standard Time, which has no daylight saving.</summary>
    private const long OffsetFromUtc = 8 * MillisecondsPer.Hour;

    /// <summary>The relative activity of each local hour.</summary>
    private static readonly double[] Weights =
        [3, 2, 1, 1, 1, 2, 3, 5, 7, 8, 9, 10, 11, 9, 8, 8, 8, 9, 11, 14, 17, 18, 14, 8];

    private static readonly double[] Shares = Cumulate(Weights);

    /// <summary>The instant on the clock for an even time (both milliseconds since 1970).</summary>
    public static Instant ClockOf(double evenMilliseconds)
    {
        var local = evenMilliseconds + OffsetFromUtc;
        var day = Math.Floor(local / MillisecondsPer.Day);
        var share = local / MillisecondsPer.Day - day;
        var hour = 0;
        while (hour < 23 && Shares[hour + 1] <= share) hour++;
        var within = (share - Shares[hour]) / (Shares[hour + 1] - Shares[hour]);
        return new Instant((long)(day * MillisecondsPer.Day + (hour + within) * MillisecondsPer.Hour) - OffsetFromUtc);
    }

    /// <summary>The even time that <see cref="ClockOf"/> shows as <paramref name="clock"/>.</summary>
    public static double EvenOf(Instant clock)
    {
        var local = (double)(clock.Milliseconds + OffsetFromUtc);
        var day = Math.Floor(local / MillisecondsPer.Day);
        var hours = (local - day * MillisecondsPer.Day) / MillisecondsPer.Hour;
        var hour = (int)hours;
        var share = Shares[hour] + (hours - hour) * (Shares[hour + 1] - Shares[hour]);
        return (day + share) * MillisecondsPer.Day - OffsetFromUtc;
    }

    private static double[] Cumulate(double[] weights)
    {
        var shares = new double[weights.Length + 1];
        var total = weights.Sum();
        for (var hour = 0; hour < weights.Length; hour++) shares[hour + 1] = shares[hour] + weights[hour] / total;
        return shares;
    }
}
