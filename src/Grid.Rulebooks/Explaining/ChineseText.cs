using System.Globalization;
using Grid.Model;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Explaining.Requirements;
using Grid.Rulebooks.Linting;

namespace Grid.Rulebooks.Explaining;

/// <summary>
/// Chinese names of metrics, values and conditions, in the words of operators; names that only a scheme's file defines are not translated.
/// </summary>
internal static class ChineseText
{
    private static readonly Dictionary<string, string> States = new() { ["active"] = "有效", ["expired"] = "已到期", ["none"] = "无" };

    private static readonly Dictionary<string, string> Seasons =
        new() { ["spring"] = "春季", ["summer"] = "夏季", ["autumn"] = "秋季", ["winter"] = "冬季" };

    /// <summary>For example 近 90 天订单数.</summary>
    public static string Format(Metric metric)
    {
        var open = metric.Text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? metric.Text : metric.Text[..open];
        var arguments = open < 0 ? [] : metric.Text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries).ToList();
        if (metric is ConsentMetric consent) return $"对 {consent.Purpose} 的同意";
        var within = string.Empty;
        if (arguments.Count > 0 && arguments.Find(WindowSyntax.IsWindow) is { } window)
        {
            within = window == "all" ? "累计" : $"近 {Length(window)}内";
            arguments.Remove(window);
        }

        if (metric is TopMetric && arguments.Count > 0) (name, arguments) = (arguments[0], arguments[1..]);
        var counted = arguments.Remove("excludeRefunded") ? "（不计已全额退款的订单）" : string.Empty;
        var of = arguments.Count == 0 ? string.Empty : $"（{string.Join("、", arguments)}）";
        return $"{within}{MetricWords.MeaningOf(name) ?? name}{of}{counted}";
    }

    public static string Format(ValueKind kind, long value, Currency currency) => kind switch
    {
        _ when value == Metric.Infinite => "从未",
        _ when value == Metric.Absent => AnswerText.None,
        ValueKind.Money => currency.Format(value),
        ValueKind.Duration => RequirementText.LengthZh(value),
        ValueKind.Days => $"{value} 天",
        ValueKind.Truth => value == 0 ? "否" : "是",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A whole condition on one line.</summary>
    public static string Format(Condition condition, Currency currency) => condition switch
    {
        All all => string.Join(" 且 ", all.Conditions.Select(one => Inner(one, currency))),
        Any any => string.Join(" 或 ", any.Conditions.Select(one => Inner(one, currency))),
        Not not => $"并非（{Format(not.Condition, currency)}）",
        Comparison comparison => Format(comparison, currency),
        NamedCondition named => Format(named),
        _ => condition.Text,
    };

    /// <summary>The customer's value for a condition over names.</summary>
    public static string? Actual(NamedCondition condition, string? actual) => actual is null ? null : condition switch
    {
        MembershipCondition => States.GetValueOrDefault(actual, actual),
        FavouriteCondition { What: Grid.Model.Customers.FavouriteOf.Season } => Season(actual),
        LayerCondition layer => layer.NameOf(actual).Zh,
        _ => actual,
    };

    public static string Season(string season) => Seasons.GetValueOrDefault(season, season);

    public static string Tag(TagCondition condition) => condition.Name is { } name ? $"「{name.Zh}」（{condition.Tag}）" : $"「{condition.Tag}」";

    private static string Format(Comparison comparison, Currency currency)
    {
        if (comparison.Metric is TopMetric top)
        {
            var among = comparison.Bound == 1 ? "位于前" : "不在前";
            return string.Create(CultureInfo.InvariantCulture, $"{Format(top)}{among} {top.PerMille / 10m:0.#}%");
        }

        var sign = comparison.Operator switch
        {
            Operator.NotEqual => "≠",
            Operator.Less => "<",
            Operator.AtMost => "≤",
            Operator.Greater => ">",
            Operator.AtLeast => "≥",
            _ => "=",
        };
        return $"{Format(comparison.Metric)} {sign} {Format(comparison.Metric.Kind, comparison.Bound, currency)}";
    }

    private static string Format(NamedCondition condition) => condition switch
    {
        TagCondition tag => $"{(tag.Has ? "有" : "没有")}标签{Tag(tag)}",
        TraitCondition trait => $"特征「{trait.Trait}」{Sign(trait.Operator)} {Several(trait.Values)}",
        MembershipCondition membership => $"付费会员为 {Several(MembershipCondition.States.Where(membership.Holds).Select(state => States[state]))}",
        PlanCondition plan => $"会员方案{(plan.Equal ? "为" : "不为")} {Several(plan.Values)}",
        SourceCondition source => $"入群来源{(source.Equal ? "为" : "不为")} {Several(source.Values)}",
        FavouriteCondition favourite => $"{Favourite(favourite)}{(favourite.Equal ? "为" : "不为")} {Several(favourite.Values.Select(Season))}",
        LayerCondition layer =>
            $"「{layer.Scheme.Name.Zh}」{(layer.Equal ? "为" : "不为")} {Several(layer.Wanted.Select(one => $"「{layer.NameOf(one).Zh}」"))}",
        _ => condition.Text,
    };

    private static string Favourite(FavouriteCondition condition)
    {
        var within = condition.Window.IsAll ? string.Empty : $"近 {Length(condition.Window.Text.Split(' ')[0])}内";
        return within + condition.What switch
        {
            Grid.Model.Customers.FavouriteOf.Category => "最常购买的品类",
            Grid.Model.Customers.FavouriteOf.Channel => "最常用的渠道",
            _ => "最常下单的季节",
        };
    }

    private static string Sign(Operator @operator) => @operator switch
    {
        Operator.Less => "小于",
        Operator.AtMost => "不超过",
        Operator.Greater => "大于",
        Operator.AtLeast => "不少于",
        Operator.NotEqual => "不是",
        _ => "是",
    };

    private static string Several(IEnumerable<string> values) => string.Join("、", values);

    private static string Length(string window) => WindowSyntax.Milliseconds(window) is { } length ? RequirementText.LengthZh(length) : window;

    private static string Inner(Condition condition, Currency currency) =>
        condition is All or Any ? $"（{Format(condition, currency)}）" : Format(condition, currency);
}
