using Grid.Model.Time;

namespace Grid.Api.Segments.Forecasts;

/// <summary>The hours of UTC or days of a zone between two instants; the first and the last may be shortened.</summary>
internal sealed class ForecastSpans
{
    private readonly List<Instant> _starts = [];

    private ForecastSpans(Instant until) => Until = until;

    /// <summary>The begin of each span, the earliest first.</summary>
    public IReadOnlyList<Instant> Starts => _starts;

    /// <summary>The end of the last span, exclusive.</summary>
    public Instant Until { get; }

    public static ForecastSpans Hours(Instant from, Instant until)
    {
        var spans = new ForecastSpans(until);
        for (var start = from.FloorToHour(); start < until; start = start.Plus(MillisecondsPer.Hour)) spans._starts.Add(start);
        return spans;
    }

    public static ForecastSpans DaysOf(LocalDays calendar, Instant from, Instant until)
    {
        var spans = new ForecastSpans(until);
        for (var day = calendar.DayOf(from); calendar.StartOf(day) < until; day++)
        {
            // A zone that crosses the date line skips a day, which begins and ends with the next.
            if (calendar.StartOf(day + 1) > calendar.StartOf(day)) spans._starts.Add(calendar.StartOf(day));
        }

        return spans;
    }

    /// <param name="at">From the first start to before <see cref="Until"/>.</param>
    public int IndexOf(Instant at)
    {
        var index = _starts.BinarySearch(at);
        return index >= 0 ? index : ~index - 1;
    }
}
