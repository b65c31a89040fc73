using System.Globalization;
using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Api.Parameters;

/// <summary>Reads parameters as text, so that the answer can name an invalid one; model binding would answer with an empty 400.</summary>
internal static class Parameter
{
    /// <summary>From 1 to the most that an answer holds; left out: the default.</summary>
    public static ParameterError? Limit(string? text, out int limit)
    {
        limit = ApiLimits.ItemsDefault;
        if (text is null) return null;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit);
        return isNumber && limit is >= 1 and <= ApiLimits.ItemsMax
            ? null
            : new ParameterError(
                "limit",
                $"limit 的值是“{Shown(text)}”；请填写 1 到 {ApiLimits.ItemsMax} 的整数。",
                $"limit is '{Shown(text)}'; it is a number from 1 to {ApiLimits.ItemsMax}");
    }

    /// <summary>A number given by an earlier answer; left out: 0, from the first.</summary>
    public static ParameterError? Sequence(string name, string? text, out long sequence)
    {
        sequence = 0;
        return text is null || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            ? null
            : new ParameterError(
                name,
                $"{name} 的值是“{Shown(text)}”；请填写先前响应给出的位置。",
                $"{name} is '{Shown(text)}'; it is the position of an earlier answer");
    }

    /// <summary>A position given by an earlier answer or frame.</summary>
    public static ParameterError? Position(string name, string text, LogPosition head, out LogPosition position)
    {
        if (!LogPosition.TryParse(text, out position))
            return new ParameterError(
                name,
                $"{name} 的值“{Shown(text)}”不是日志位置；请填写先前响应给出的位置。",
                $"{name} is '{Shown(text)}', which is no position; it is the position of an earlier answer");
        return head.Covers(position)
            ? null
            : new ParameterError(
                name,
                $"{name} 是 {position}，但日志只到 {head}：数据是从较旧的副本恢复的；请不带位置，从头读取。",
                $"{name} is {position}, but the log ends at {head}: it was restored from an older copy, so begin without a position");
    }

    /// <summary>An instant with its zone, such as <c>2026-01-31T08:00:00Z</c>; without one it is of UTC.</summary>
    public static ParameterError? Instant(string name, string? text, Instant otherwise, out Instant instant)
    {
        instant = otherwise;
        if (text is null) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var value))
            return new ParameterError(
                name,
                $"{name} 的值是“{Shown(text)}”；请填写时间点，例如 2026-01-31T08:00:00Z。",
                $"{name} is '{Shown(text)}'; it is an instant such as 2026-01-31T08:00:00Z");
        instant = Model.Time.Instant.From(value);
        return null;
    }

    public static ParameterError MissingInstant(string name) => new(
        name,
        $"缺少 {name}；请填写时间点，例如 2026-01-31T08:00:00Z。",
        $"{name} is missing; it is an instant such as 2026-01-31T08:00:00Z");

    /// <summary>Null when the instant <c>to</c> is not after now and not before the instant <c>from</c>.</summary>
    public static ParameterError? Past(Instant from, Instant to, Instant now)
    {
        if (to > now) return new ParameterError("to", $"to 是 {to}，晚于现在（{now}）；请填写不晚于现在的时间点。", $"to is {to}, which is after now, {now}");
        return to < from
            ? new ParameterError("to", $"to 是 {to}，早于 from（{from}）；请填写不早于 from 的时间点。", $"to is {to}, which is before from, {from}")
            : null;
    }

    public static ParameterError Choice(string name, string text, string one, string other) => new(
        name, $"{name} 的值是“{Shown(text)}”；请填写 {one} 或 {other}。", $"{name} is '{Shown(text)}'; it is {one} or {other}");

    public static ParameterError UnknownScheme(string id) => new(
        "scheme", $"没有分层方案“{Shown(id)}”；可用的方案见 /v1/schemes。", $"there is no scheme '{Shown(id)}'");

    /// <summary>Shortens a value for an error message.</summary>
    public static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
