using Grid.Model.Time;

namespace Grid.Ingest.Values;

/// <summary>
/// Parses the ISO 8601 forms that Segment SDKs send, directly from UTF-8: a date, optionally a time of day with any number of decimals and a zone (Z,
/// +08:00, +0800, +08). Without a zone it is UTC; digits below the millisecond are cut off.
/// </summary>
internal static class IsoInstant
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Instant instant) => TryRead(text, out instant, out _);

    /// <param name="text">A date, or a date and a time of day.</param>
    /// <param name="instant">The instant, as of UTC where no zone is written.</param>
    /// <param name="hasZone">Whether a zone is written.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out Instant instant, out bool hasZone)
    {
        instant = default;
        hasZone = false;
        if (!Number(ref text, 4, out var year) || !Literal(ref text, '-') || !Number(ref text, 2, out var month)
            || !Literal(ref text, '-') || !Number(ref text, 2, out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var milliseconds = (DayNumber(year, month, day) - UnixDays) * MillisecondsPer.Day;
        if (!text.IsEmpty)
        {
            if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
            text = text[1..];
            if (!TimeOfDay(ref text, out var time) || !Zone(text, out var offset)) return false;
            hasZone = !text.IsEmpty;
            milliseconds += time - offset;
        }

        // A zone may move the instant outside of the years that an instant can express.
        instant = new Instant(milliseconds);
        return instant >= Instant.Earliest && instant <= Instant.Latest;
    }

    private static bool TimeOfDay(ref ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (!Number(ref text, 2, out var hour) || !Literal(ref text, ':') || !Number(ref text, 2, out var minute)) return false;
        var second = 0;
        if (!text.IsEmpty && text[0] == (byte)':')
        {
            text = text[1..];
            if (!Number(ref text, 2, out second)) return false;
        }

        if (hour > 23 || minute > 59 || second > 59) return false;
        milliseconds = (hour * MillisecondsPer.Hour) + (minute * MillisecondsPer.Minute) + (second * MillisecondsPer.Second);
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)',')) return true;

        var decimals = 1;
        for (var weight = 100; decimals < text.Length && text[decimals] is >= (byte)'0' and <= (byte)'9'; decimals++, weight /= 10)
            milliseconds += weight * (text[decimals] - '0');
        text = text[decimals..];
        return decimals > 1;
    }

    private static bool Zone(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        if (text.IsEmpty) return true;
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        var sign = text[0] == (byte)'+' ? 1 : text[0] == (byte)'-' ? -1 : 0;
        text = text[1..];
        if (sign == 0 || !Number(ref text, 2, out var hours)) return false;
        if (!text.IsEmpty && text[0] == (byte)':') text = text[1..];
        var minutes = 0;
        if (!text.IsEmpty && !Number(ref text, 2, out minutes)) return false;
        offset = sign * ((hours * MillisecondsPer.Hour) + (minutes * MillisecondsPer.Minute));
        return text.IsEmpty && hours <= 18 && minutes <= 59;
    }

    private static bool Number(ref ReadOnlySpan<byte> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits) return false;
        for (var index = 0; index < digits; index++)
        {
            var digit = text[index] - '0';
            if ((uint)digit > 9) return false;
            number = (number * 10) + digit;
        }

        text = text[digits..];
        return true;
    }

    private static bool Literal(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != (byte)expected) return false;
        text = text[1..];
        return true;
    }

    private const int UnixDays = 719_162;

    /// <summary>Days since 0001-01-01 of the Gregorian calendar.</summary>
    private static int DayNumber(int year, int month, int day)
    {
        var before = year - 1;
        ReadOnlySpan<short> beforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        var leap = month > 2 && DateTime.IsLeapYear(year) ? 1 : 0;
        return (before * 365) + (before / 4) - (before / 100) + (before / 400) + beforeMonth[month - 1] + leap + day - 1;
    }
}
