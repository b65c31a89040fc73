using System.Globalization;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>How values are written in answers: money in major units, lengths of time as <c>12d 4h</c>, truth as yes and no.</summary>
internal static class AnswerText
{
    /// <summary>Replaces an unknown value, and a cut-off that no value reaches.</summary>
    public const string None = "—";

    public static string Format(ValueKind kind, long value, Currency currency) => kind switch
    {
        _ when value == Metric.Infinite => "never",
        _ when value == Metric.Absent => None,
        ValueKind.Money => currency.Format(value),
        ValueKind.Duration => WindowSyntax.Format(value),
        ValueKind.Days => $"{value}d",
        ValueKind.Truth => value == 0 ? "no" : "yes",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>ISO 8601 with milliseconds; null for never.</summary>
    public static string? Format(Instant instant) => instant.IsNever ? null : instant.ToString();

    /// <summary>The instant at which cut-offs were derived; null before the first derivation.</summary>
    public static string? OfDerived(Cutoffs cutoffs) => cutoffs.AsOf == Instant.Beginning ? null : cutoffs.AsOf.ToString();

    /// <summary>A local day, counted from 1970, as a date.</summary>
    public static string OfDay(long day) =>
        new Instant(day * MillisecondsPer.Day).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A whole condition on one line.</summary>
    public static string Format(Condition condition) => condition switch
    {
        All all => string.Join(" and ", all.Conditions.Select(Inner)),
        Any any => string.Join(" or ", any.Conditions.Select(Inner)),
        Not not => $"not ({Format(not.Condition)})",
        _ => condition.Text,
    };

    /// <summary>The value in the form in which its measure compares it.</summary>
    public static string OfRanked(Measure measure, long value, Currency currency)
    {
        if (value == long.MaxValue) return None;
        return measure switch
        {
            RankedRecency { Calendar: null } => new Instant(value).ToString(),
            RankedRecency => OfDay(value),
            RankedMetric ranked => Format(ranked.Metric.Kind, value, currency),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Inner(Condition condition) => condition is All or Any ? $"({Format(condition)})" : Format(condition);
}
