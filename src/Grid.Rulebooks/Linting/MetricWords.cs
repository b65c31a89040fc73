using System.Globalization;
using Grid.Model;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Linting;

/// <summary>A metric and its value in an operator's words. In Chinese the written name follows its translation.</summary>
internal sealed class MetricWords(Currency currency)
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["orders"] = "订单数",
        ["spend"] = "消费额",
        ["refunds"] = "退款额",
        ["aov"] = "客单价",
        ["repurchases"] = "复购次数",
        ["recency"] = "距上次下单",
        ["recencyDays"] = "距上次下单天数",
        ["firstOrder"] = "距首次下单",
        ["medianOrderInterval"] = "下单间隔中位数",
        ["interactions"] = "互动次数",
        ["purchases"] = "品类订单数",
        ["age"] = "年龄",
        ["referrals"] = "推荐次数",
        ["lastActivity"] = "距上次活跃",
        ["browse"] = "浏览次数",
        ["dwell"] = "浏览时长",
        ["points"] = "积分",
        ["growth"] = "成长值",
        ["joined"] = "距加入",
        ["consent"] = "已授权",
        ["community"] = "已入群",
        ["score.r"] = "R 分",
        ["score.f"] = "F 分",
        ["score.m"] = "M 分",
        ["score.sum"] = "总分",
        ["high.r"] = "R 高",
        ["high.f"] = "F 高",
        ["high.m"] = "M 高",
        ["scored"] = "参与评分",
    };

    private static readonly (long Length, char Letter)[] Units =
    [
        (MillisecondsPer.Day, 'd'), (MillisecondsPer.Hour, 'h'), (MillisecondsPer.Minute, 'm'), (MillisecondsPer.Second, 's'),
    ];

    public LocalizedText Say(Metric metric, long value)
    {
        var (zh, en) = Value(metric.Kind, value);
        return new LocalizedText($"{Chinese(metric.Text)} = {zh}", $"{metric.Text} = {en}");
    }

    public LocalizedText Value(ValueKind kind, long value) => kind switch
    {
        _ when value == Metric.Absent => new LocalizedText("未知", "unknown"),
        ValueKind.Truth => Same(value == 0 ? "no" : "yes"),
        ValueKind.Money => Same(currency.Format(value)),
        ValueKind.Duration or ValueKind.Days when value == Metric.Infinite => new LocalizedText("从未", "never"),
        ValueKind.Duration => Same(Exactly(value)),
        ValueKind.Days => Same($"{value}d"),
        _ => Same(value.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The translation of a metric without its arguments; null for a metric without one.</summary>
    public static string? MeaningOf(string name) => Meanings.GetValueOrDefault(name);

    public static string Chinese(string metric) =>
        Meanings.TryGetValue(metric.Split('(')[0], out var meaning) ? $"{meaning} {metric}" : metric;

    /// <summary>A duration to the millisecond, because a value may lie just beside a bound.</summary>
    private static string Exactly(long milliseconds)
    {
        var rest = milliseconds % MillisecondsPer.Second;
        var whole = milliseconds - rest;
        List<string> parts = [];
        foreach (var (unit, letter) in Units)
        {
            if (whole >= unit) parts.Add($"{whole / unit}{letter}");
            whole %= unit;
        }

        if (rest > 0) parts.Add($"{rest}ms");
        return parts.Count == 0 ? "0s" : string.Join(' ', parts);
    }

    private static LocalizedText Same(string text) => new(text, text);
}
