using System.Globalization;

namespace Grid.Model.Schemes.Files;

/// <summary>A span of time as files write it: <c>90d</c>, <c>12h</c>, <c>30m</c>; or <c>all</c> for a customer's whole life.</summary>
internal readonly record struct WrittenWindow(long Minutes)
{
    public const string Shape = "such as 90d, 12h or 30m";

    public static WrittenWindow All { get; } = new(long.MaxValue);

    public bool IsWholeDays => this == All || Minutes % (24 * 60) == 0;

    /// <summary>Null when the text is none, or is zero, or is beyond <see cref="SchemeFileLimits.WindowDaysMax"/>.</summary>
    public static WrittenWindow? Parse(string text)
    {
        if (text == "all")
        {
            return All;
        }

        long unit = text.Length < 2 ? 0 : text[^1] switch { 'd' => 24 * 60, 'h' => 60, 'm' => 1, _ => 0 };
        var digits = text.AsSpan(0, Math.Max(0, text.Length - 1));
        return unit > 0
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && count <= SchemeFileLimits.WindowDaysMax * 24 * 60 / unit
                ? new WrittenWindow(count * unit)
                : null;
    }
}
