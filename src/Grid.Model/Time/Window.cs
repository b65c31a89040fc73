using NodaTime;
using NodaTime.TimeZones;

namespace Grid.Model.Time;

/// <summary>
/// The span of time a metric looks back over: all of it, a rolling length, or a number of local calendar days that ends with today.
/// A fact at <c>t</c> is inside while <c>t ≤ now &lt; Leaves(t)</c>.
/// </summary>
public sealed record Window
{
    public static readonly Window All = new() { Text = "all" };

    private long Length { get; init; }

    private int Days { get; init; }

    private LocalDays? Calendar { get; init; }

    /// <summary>As written in a scheme, for example <c>90d</c>.</summary>
    public required string Text { get; init; }

    public bool IsAll => Length == 0 && Days == 0;

    public static Window Rolling(long milliseconds, string text) => new() { Length = milliseconds, Text = text };

    public static Window CalendarDays(int days, LocalDays calendar, string text) =>
        new() { Days = days, Calendar = calendar, Text = $"{text} {calendar.Zone}" };

    /// <summary>The first instant inside the window at <paramref name="now"/>.</summary>
    public Instant Start(Instant now)
    {
        if (IsAll) return Instant.Beginning;
        return Calendar is null ? now.Plus(1 - Length) : Calendar.StartOf(Calendar.DayOf(now) - Days + 1);
    }

    /// <summary>The first instant at which a fact at <paramref name="at"/> is outside; <see cref="Instant.Never"/> for all time.</summary>
    public Instant Leaves(Instant at)
    {
        if (IsAll) return Instant.Never;
        return Calendar is null ? at.Plus(Length) : Calendar.StartOf(Calendar.DayOf(at) + Days);
    }

    public override string ToString() => Text;
}

/// <summary>The calendar days of a time zone, numbered from 1970-01-01, daylight saving included.</summary>
public sealed record LocalDays(string Zone)
{
    public static readonly LocalDays Utc = new("UTC");

    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[Zone];

    public int DayOf(Instant instant)
    {
        if (Zone == "UTC") return (int)Math.DivRem(instant.FloorToDay().Milliseconds, MillisecondsPer.Day).Quotient;
        var local = NodaTime.Instant.FromUnixTimeMilliseconds(instant.Milliseconds).InZone(_zone).Date;
        var day = Period.DaysBetween(Epoch, local);

        // Clocks set back just after midnight show the previous day again, but a day that has begun does not end twice.
        return StartOf(day + 1) <= instant ? day + 1 : day;
    }

    /// <summary>The first instant at which the clocks of a day show a time, or have passed it.</summary>
    /// <param name="day">Numbered from 1970-01-01.</param>
    /// <param name="minute">From 0 to 1,439.</param>
    public Instant At(int day, int minute)
    {
        var local = Epoch.PlusDays(day).At(LocalTime.FromMinutesSinceMidnight(minute));
        return new Instant(_zone.ResolveLocal(local, FirstInstant).ToInstant().ToUnixTimeMilliseconds());
    }

    public Instant StartOf(int day)
    {
        if (Zone == "UTC") return new Instant(day * MillisecondsPer.Day);

        // A zone that crosses the date line skips a day; that one is empty and starts with the next.
        return new Instant(_zone.ResolveLocal(Epoch.PlusDays(day).AtMidnight(), FirstInstant).ToInstant().ToUnixTimeMilliseconds());
    }

    private static readonly ZoneLocalMappingResolver FirstInstant =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly LocalDate Epoch = new(1970, 1, 1);
}
