using System.Globalization;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Explaining.Sentences;

/// <summary>English names of metrics and conditions, in the words of operators.</summary>
internal static class EnglishText
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["aov"] = "average order value",
        ["recency"] = "time since the last order",
        ["recencyDays"] = "days since the last order",
        ["firstOrder"] = "time since the first order",
        ["medianOrderInterval"] = "median time between orders",
        ["referrals"] = "referrals",
        ["lastActivity"] = "time since the last activity",
        ["browse"] = "views",
        ["dwell"] = "time of viewing",
        ["purchases"] = "orders of the category",
        ["growth"] = "points ever earned",
        ["joined"] = "time since joining",
        ["community"] = "member of a community",
        ["score.r"] = "R score",
        ["score.f"] = "F score",
        ["score.m"] = "M score",
        ["score.sum"] = "sum of the scores",
        ["high.r"] = "R high",
        ["high.f"] = "F high",
        ["high.m"] = "M high",
    };

    /// <summary>For example <c>orders in the last 90 days</c>.</summary>
    public static string Format(Metric metric)
    {
        if (metric is ConsentMetric consent) return $"consent to {consent.Purpose}";
        var (name, arguments) = Parts(metric.Text);
        var window = arguments.Find(WindowSyntax.IsWindow);
        if (window is not null) arguments.Remove(window);
        if (metric is TopMetric && arguments.Count > 0) (name, arguments) = (arguments[0], arguments[1..]);
        var counted = arguments.Remove("excludeRefunded") ? ", refunded orders not counted," : string.Empty;
        var of = arguments.Count == 0 ? string.Empty : $" ({string.Join(", ", arguments)})";
        return $"{Meanings.GetValueOrDefault(name, name)}{of}{Within(window)}{counted}";
    }

    /// <summary>A whole condition on one line.</summary>
    public static string Format(Condition condition, Currency currency) => condition switch
    {
        All all => string.Join(" and ", all.Conditions.Select(one => Inner(one, currency))),
        Any any => string.Join(" or ", any.Conditions.Select(one => Inner(one, currency))),
        Not not => $"not ({Format(not.Condition, currency)})",
        Comparison comparison => Format(comparison, currency),
        NamedCondition named => Format(named),
        _ => condition.Text,
    };

    /// <summary><c>90d</c> as <c>90 days</c>.</summary>
    public static string Length(string window) => WindowSyntax.Milliseconds(window) is { } length ? Length(length) : window;

    public static string Length(long milliseconds) =>
        string.Join(' ', WindowSyntax.Format(milliseconds).Split(' ').Select(part => $"{part[..^1]} {Unit(part[^1])}{(part[..^1] == "1" ? "" : "s")}"));

    private static string Unit(char letter) => letter switch { 'd' => "day", 'h' => "hour", 'm' => "minute", _ => "second" };

    private static string Within(string? window) => window is null or "all" ? string.Empty : $" in the last {Length(window)}";

    private static (string Name, List<string> Arguments) Parts(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? (text, []) : (text[..open], [.. text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries)]);
    }

    private static string Format(Comparison comparison, Currency currency)
    {
        var metric = Format(comparison.Metric);
        if (comparison.Metric is TopMetric top)
        {
            var among = comparison.Bound == 1 ? "among" : "not among";
            return string.Create(CultureInfo.InvariantCulture, $"{among} the top {top.PerMille / 10m:0.#} % by {metric}");
        }

        if (comparison.Metric.Kind == ValueKind.Truth)
            return (comparison.Bound == 1) == (comparison.Operator == Operator.Equal) ? metric : $"not {metric}";
        var bound = comparison.Metric.Kind is ValueKind.Duration or ValueKind.Days && comparison.Bound != Metric.Infinite
            ? Length(comparison.Metric.Kind == ValueKind.Days ? comparison.Bound * Grid.Model.Time.MillisecondsPer.Day : comparison.Bound)
            : AnswerText.Format(comparison.Metric.Kind, comparison.Bound, currency);
        return $"{metric} {Sign(comparison.Operator)} {bound}";
    }

    private static string Format(NamedCondition condition) => condition switch
    {
        TagCondition tag => $"{(tag.Has ? "the" : "no")} tag {(tag.Name is { } name ? $"{name.En} ({tag.Tag})" : tag.Tag)}",
        TraitCondition trait => $"trait {trait.Trait} {Sign(trait.Operator)} {Several(trait.Literals.Select(Written))}",
        MembershipCondition membership => $"membership {Several(MembershipCondition.States.Where(membership.Holds))}",
        PlanCondition plan => $"{(plan.Equal ? "plan" : "no plan")} {Several(plan.Values)}",
        SourceCondition source => $"source {(source.Equal ? "" : "not ")}{Several(source.Values)}",
        FavouriteCondition favourite => $"{Favourite(favourite)} {(favourite.Equal ? "" : "not ")}{Several(favourite.Values)}",
        LayerCondition layer =>
            $"{(layer.Equal ? "in" : "not in")} {Several(layer.Wanted.Select(one => layer.NameOf(one).En))} of {layer.Scheme.Name.En}",
        _ => condition.Text,
    };

    private static string Written(TraitLiteral literal) => literal.IsQuoted ? $"\"{literal.Text}\"" : literal.Text;

    private static string Favourite(FavouriteCondition condition)
    {
        var what = condition.What switch
        {
            FavouriteOf.Category => "favourite category",
            FavouriteOf.Channel => "favourite channel",
            _ => "favourite season",
        };
        return condition.Window.IsAll ? what : what + Within(condition.Window.Text.Split(' ')[0]);
    }

    private static string Sign(Operator @operator) => @operator switch
    {
        Operator.NotEqual => "≠",
        Operator.Less => "<",
        Operator.AtMost => "≤",
        Operator.Greater => ">",
        Operator.AtLeast => "≥",
        _ => "=",
    };

    private static string Several(IEnumerable<string> values) => string.Join(" or ", values);

    private static string Inner(Condition condition, Currency currency) =>
        condition is All or Any ? $"({Format(condition, currency)})" : Format(condition, currency);
}
