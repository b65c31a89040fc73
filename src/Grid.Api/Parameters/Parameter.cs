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
            : new ParameterError("limit", $"limit is '{Shown(text)}'; it is a number from 1 to {ApiLimits.ItemsMax}");
    }

    /// <summary>A number given by an earlier answer; left out: 0, from the first.</summary>
    public static ParameterError? Sequence(string name, string? text, out long sequence)
    {
        sequence = 0;
        return text is null || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            ? null
            : new ParameterError(name, $"{name} is '{Shown(text)}'; it is the position of an earlier answer");
    }

    /// <summary>A position given by an earlier answer or frame.</summary>
    public static ParameterError? Position(string name, string text, LogPosition head, out LogPosition position)
    {
        if (!LogPosition.TryParse(text, out position))
            return new ParameterError(name, $"{name} is '{Shown(text)}', which is no position; it is the position of an earlier answer");
        return head.Covers(position)
            ? null
            : new ParameterError(
                name,
                $"{name} is {position}, but the log ends at {head}: it was restored from an older copy, so begin without a position");
    }

    /// <summary>An instant with its zone, such as <c>2026-01-31T08:00:00Z</c>; without one it is of UTC.</summary>
    public static ParameterError? Instant(string name, string? text, Instant otherwise, out Instant instant)
    {
        instant = otherwise;
        if (text is null) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var value))
            return new ParameterError(name, $"{name} is '{Shown(text)}'; it is an instant such as 2026-01-31T08:00:00Z");
        instant = Model.Time.Instant.From(value);
        return null;
    }

    /// <summary>Shortens a value for an error message.</summary>
    public static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
