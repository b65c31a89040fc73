namespace Grid.Model.Time;

/// <summary>A point in time: milliseconds since 1970-01-01T00:00:00Z. <see cref="Never"/> lies after every other instant.</summary>
public readonly record struct Instant(long Milliseconds) : IComparable<Instant>
{
    public static readonly Instant Never = new(long.MaxValue);
    public static readonly Instant Beginning = new(long.MinValue);

    /// <summary>0001-01-01T00:00:00.000Z, the first instant that a date can express.</summary>
    public static readonly Instant Earliest = From(DateTimeOffset.MinValue);

    /// <summary>9999-12-31T23:59:59.999Z, the last instant that a date can express.</summary>
    public static readonly Instant Latest = From(DateTimeOffset.MaxValue);

    public bool IsNever => Milliseconds == long.MaxValue;

    public static Instant From(DateTimeOffset value) => new(value.ToUnixTimeMilliseconds());

    public static Instant Min(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds ? a : b;

    public static Instant Max(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds ? a : b;

    /// <summary>The start of the UTC hour this instant lies in.</summary>
    public Instant FloorToHour() => new(Milliseconds - Modulo(Milliseconds, MillisecondsPer.Hour));

    /// <summary>The start of the quarter of an hour this instant lies in. Every zone's midnight of today is such a start.</summary>
    public Instant FloorToQuarter() => new(Milliseconds - Modulo(Milliseconds, MillisecondsPer.Quarter));

    /// <summary>The start of the UTC day this instant lies in.</summary>
    public Instant FloorToDay() => new(Milliseconds - Modulo(Milliseconds, MillisecondsPer.Day));

    /// <summary>Adds a duration in milliseconds; an overflow gives <see cref="Never"/> or <see cref="Beginning"/>.</summary>
    public Instant Plus(long milliseconds)
    {
        if (IsNever) return Never;
        var sum = unchecked(Milliseconds + milliseconds);
        if (milliseconds >= 0) return sum < Milliseconds ? Never : new Instant(sum);
        return sum > Milliseconds ? Beginning : new Instant(sum);
    }

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);

    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    public static bool operator <(Instant a, Instant b) => a.Milliseconds < b.Milliseconds;
    public static bool operator >(Instant a, Instant b) => a.Milliseconds > b.Milliseconds;
    public static bool operator <=(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds;
    public static bool operator >=(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds;

    /// <summary>ISO 8601 with milliseconds, for example <c>2026-01-31T08:00:00.000Z</c>; a number for an instant that no date can express.</summary>
    public override string ToString()
    {
        if (IsNever) return "never";
        return this < Earliest || this > Latest ? $"{Milliseconds} ms since 1970" : ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
    }

    private static long Modulo(long value, long divisor)
    {
        var rest = value % divisor;
        return rest < 0 ? rest + divisor : rest;
    }
}

/// <summary>Lengths of the usual spans in milliseconds.</summary>
public static class MillisecondsPer
{
    public const long Second = 1_000;
    public const long Minute = 60 * Second;
    public const long Quarter = 15 * Minute;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
}
