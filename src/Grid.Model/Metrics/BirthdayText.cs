using System.Globalization;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>
/// The date of a birthday as clients write it: a date, or an instant. Many clients write local midnight of the day as an instant, in UTC or with their
/// offset.
/// </summary>
internal static class BirthdayText
{
    private const int DateLength = 10;
    private const int DayOf1970 = 719_162;
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy/MM/dd"];

    /// <summary>
    /// The date as written, when there is no time or no offset with it or the time is midnight in the offset written; else the date in a zone. Null for a
    /// text that is no date.
    /// </summary>
    public static DateOnly? Parse(ReadOnlySpan<char> text, LocalDays zone)
    {
        var hasTime = text.Length > DateLength && text[DateLength] is 'T' or 't' or ' ';
        if (!DateOnly.TryParseExact(hasTime ? text[..DateLength] : text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return null;
        if (!hasTime || TimeAndOffset(text[(DateLength + 1)..]) is not var (time, offset) || time == 0) return date;

        // Beyond these years the date in another zone may not exist.
        if (date.Year is <= 1 or >= 9_999) return date;
        var instant = new Instant((date.DayNumber - DayOf1970) * MillisecondsPer.Day + time - offset);
        return DateOnly.FromDayNumber(DayOf1970 + zone.DayOf(instant));
    }

    /// <summary>Both in milliseconds; null without an offset, and for a text that is no time.</summary>
    private static (long Time, long Offset)? TimeAndOffset(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny("Zz+-");
        if (end < 0 || !TimeOnly.TryParse(text[..end].Trim(), CultureInfo.InvariantCulture, out var time)) return null;
        return Offset(text[end..].Trim()) is { } offset ? (time.Ticks / TimeSpan.TicksPerMillisecond, offset) : null;
    }

    /// <summary><c>Z</c>, <c>+08:00</c>, <c>+0800</c> or <c>+08</c>.</summary>
    private static long? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z") return 0;
        if (text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':')) return null;
        var minutes = text.Length == 3 ? "00" : text[^2..];
        return int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 18
            && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minute) && minute < 60
                ? (text[0] == '-' ? -1 : 1) * (hour * MillisecondsPer.Hour + minute * MillisecondsPer.Minute)
                : null;
    }
}
