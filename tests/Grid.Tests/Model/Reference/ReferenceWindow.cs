using System.Globalization;
using NodaTime;

namespace Grid.Tests.Model.Reference;

/// <summary>Windows and local days, straight from NodaTime.</summary>
internal static class ReferenceWindow
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static bool IsLength(string text) => text == "all" || Length(text) is not null;

    /// <summary>Milliseconds of <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>10s</c>; null for other texts.</summary>
    public static long? Length(string text)
    {
        if (!long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        return text[^1] switch
        {
            'd' => count * 86_400_000,
            'h' => count * 3_600_000,
            'm' => count * 60_000,
            's' => count * 1_000,
            _ => null,
        };
    }

    public static bool Contains(string window, string? zone, long at, long now)
    {
        if (at > now) return false;
        if (window == "all") return true;
        var length = Length(window)!.Value;
        if (zone is null) return at > now - length;
        return DayOf(at, zone) > DayOf(now, zone) - (length / 86_400_000);
    }

    public static long DayOf(long at, string zone) => Period.DaysBetween(Epoch, DateOf(at, zone));

    /// <summary>The first instant of a local day.</summary>
    public static long StartOf(long day, string zone) =>
        DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(Epoch.PlusDays((int)day)).ToInstant().ToUnixTimeMilliseconds();

    public static long StartOf(LocalDate date, string zone) =>
        DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();

    public static LocalDate DateOf(long at, string zone) =>
        Instant.FromUnixTimeMilliseconds(at).InZone(DateTimeZoneProviders.Tzdb[zone]).Date;
}
