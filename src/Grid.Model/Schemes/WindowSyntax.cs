using System.Globalization;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>Lengths of time as schemes write them: <c>90d</c>, <c>12h</c>, <c>30m</c>, and <c>all</c> for a window without bound.</summary>
public static class WindowSyntax
{
    private const int DaysMax = 36_500;

    public static bool IsWindow(string text) => text == "all" || Milliseconds(text) is not null;

    /// <summary>Null when the text is no length of time.</summary>
    public static long? Milliseconds(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        long? unit = text[^1] switch
        {
            'd' => MillisecondsPer.Day,
            'h' => MillisecondsPer.Hour,
            'm' => MillisecondsPer.Minute,
            's' => MillisecondsPer.Second,
            _ => null,
        };
        return count * unit is { } length && length <= DaysMax * MillisecondsPer.Day ? length : null;
    }

    /// <summary>Null when the text is no number of whole days.</summary>
    public static int? Days(string text) =>
        Milliseconds(text) is { } length && length % MillisecondsPer.Day == 0 ? (int)(length / MillisecondsPer.Day) : null;

    internal static Window Window(string text, LocalDays? calendar)
    {
        if (text == "all") return Time.Window.All;
        if (Milliseconds(text) is not { } length || length == 0)
            throw new VocabularyException(
                $"“{text}”不是时间窗；请写成 90d 或 12h 这样的时长，或者 all",
                $"'{text}' is no window; write a length such as 90d or 12h, or all");
        if (calendar is null) return Time.Window.Rolling(length, text);
        return Time.Window.CalendarDays(
            Days(text) ?? throw new VocabularyException(
                $"按日历计算的时间窗是整天：请写成 90d 这样，不能写“{text}”",
                $"a window of a calendar has whole days: write 90d, not '{text}'"), calendar, text);
    }

    /// <summary>A length in its largest units, for example <c>12d 4h</c>.</summary>
    public static string Format(long milliseconds)
    {
        if (milliseconds == Metrics.Metric.Infinite) return "never";
        var parts = new List<string>(2);
        foreach (var (unit, letter) in new[]
                 {
                     (MillisecondsPer.Day, 'd'), (MillisecondsPer.Hour, 'h'), (MillisecondsPer.Minute, 'm'), (MillisecondsPer.Second, 's'),
                 })
        {
            if (parts.Count == 2 || milliseconds < unit) continue;
            parts.Add($"{milliseconds / unit}{letter}");
            milliseconds %= unit;
        }

        return parts.Count == 0 ? "0s" : string.Join(' ', parts);
    }
}
