using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Compiling;

/// <summary>The metrics of conditions by name, and how each parses its arguments, for one scheme.</summary>
internal sealed class Vocabulary(
    LocalDays? calendar, RfmMeasures? rfm, Currency currency, PointRules pointRules, BaselinePolicy? policy = null)
{
    /// <summary>The names of numeric metrics; those in <see cref="NamedNames"/> compare names.</summary>
    public static readonly IReadOnlyList<string> MetricNames =
    [
        "orders", "spend", "refunds", "aov", "repurchases", "recency", "recencyDays", "firstOrder", "medianOrderInterval", "interactions",
        "referrals", "lastActivity", "browse", "dwell", "purchases", "points", "growth", "joined", "age", "consent",
        "community", "score.r", "score.f", "score.m", "score.sum", "high.r", "high.f", "high.m", "scored", "topPercent",
    ];

    /// <summary>
    /// Whether the rulebook is stored already. Then an amount finer than the currency is rounded, as all amounts of events are, and a length finer than
    /// the kept activity counts by the quarters of an hour; else both are mistakes.
    /// </summary>
    public bool IsStored { get; init; }

    /// <summary>Of the measures that top shares are cut from.</summary>
    public Margins Margins { get; init; } = Margins.Default;

    private static readonly LocalizedText Purpose = new("授权用途，例如 consent(marketing)", "the purpose, for example consent(marketing)");

    public static readonly IReadOnlyList<string> NamedNames =
    [
        "tags", "trait", "membership", "plan", "source", "layer", "favouriteCategory", "favouriteChannel", "favouriteSeason",
    ];

    public Metric Metric(string name, IReadOnlyList<string> arguments)
    {
        var text = arguments.Count == 0 ? name : $"{name}({string.Join(", ", arguments)})";
        switch (name)
        {
            case "orders": return Sum(OrderSum.Orders, arguments, text);
            case "spend": return Sum(OrderSum.Spend, arguments, text);
            case "refunds": return Sum(OrderSum.Refunds, arguments, text);
            case "aov": return Sum(OrderSum.AverageOrderValue, arguments, text);
            case "repurchases": return Sum(OrderSum.Repurchases, arguments, text);
            case "recency": return new AgeMetric(Anchor.LastOrder, calendar) { Text = None(arguments, text) };
            case "recencyDays": return new AgeMetric(Anchor.LastOrder, calendar ?? LocalDays.Utc) { Text = None(arguments, text) };
            case "firstOrder": return new AgeMetric(Anchor.FirstOrder, calendar) { Text = None(arguments, text) };
            case "lastActivity": return new AgeMetric(Anchor.LastActivity, calendar) { Text = None(arguments, text) };
            case "joined": return new AgeMetric(Anchor.Joined, calendar) { Text = None(arguments, text) };
            case "age": return new YearsOfAge(calendar ?? LocalDays.Utc) { Text = None(arguments, text) };
            case "medianOrderInterval": return new MedianOrderInterval { Text = None(arguments, text) };
            case "points" or "growth": return new PointsMetric(name == "growth", pointRules) { Text = None(arguments, text) };
            case "community": return new CommunityMetric { Text = None(arguments, text) };
            case "consent": return new ConsentMetric(One(arguments, Purpose)) { Text = text };
            case "topPercent":
                throw new VocabularyException(
                "topPercent 要与一个比例比较，例如 topPercent(spend) <= 10%",
                "topPercent is compared with a share: topPercent(spend) <= 10%");
            default: return Activity(name, arguments, text) ?? Score(name, text) ?? throw Unknown(name);
        }
    }

    /// <summary>The measure of <c>topPercent(metric, window)</c>.</summary>
    public Measure Top(IReadOnlyList<string> arguments)
    {
        if (arguments.Count is < 1 or > 2) throw new VocabularyException(
            "topPercent 的括号里写指标和时间窗，例如 topPercent(spend, 365d)",
            "topPercent takes a metric and a window: topPercent(spend, 365d)");
        var metric = Metric(arguments[0], [.. arguments.Skip(1)]);
        if (metric is not OrderMetric order)
            throw new VocabularyException(
                $"topPercent 只能给 orders、spend、aov、refunds 或 repurchases 排名，不能给 {arguments[0]} 排名",
                $"topPercent ranks orders, spend, aov, refunds or repurchases, not {arguments[0]}");
        return new RankedMetric(order, order.Window, policy ?? BaselinePolicy.Continuous, Margins);
    }

    public Window Window(string text) => WindowSyntax.Window(text, calendar);

    /// <summary>A window of interactions or views, which are kept by quarters of an hour; without a calendar it must have whole quarters.</summary>
    public Window ActivityWindow(string text)
    {
        var window = Window(text);
        if (calendar is null && !window.IsAll) RequireQuarters(WindowSyntax.Milliseconds(text), text);
        return window;
    }

    private void RequireQuarters(long? length, string text)
    {
        if (IsStored || length % MillisecondsPer.Quarter is null or 0) return;
        throw new VocabularyException(
            $"互动和浏览按每刻钟（15 分钟）记录，答不了“{text}”；请写 15m 的整数倍，例如 15m、30m、2h 或 7d",
            $"interactions and views are kept by the quarter of an hour, too coarse for '{text}'; write a multiple of 15m, such as 15m, 30m, 2h or 7d");
    }

    /// <summary>A bound as written, in the metric's own unit.</summary>
    public long Bound(Metric metric, string value)
    {
        switch (metric.Kind)
        {
            case ValueKind.Truth:
                return value switch
                {
                    "yes" => 1,
                    "no" => 0,
                    _ => throw new VocabularyException(
                    $"{metric.Text} 只能是 yes 或 no，不能是“{value}”",
                    $"{metric.Text} is yes or no, not '{value}'")
                };
            case ValueKind.Duration:
                var length = WindowSyntax.Milliseconds(value);
                if (metric is AgeMetric { Anchor: Anchor.LastActivity }) RequireQuarters(length, value);
                return length
                    ?? throw new VocabularyException(
                        $"{metric.Text} 是一段时长，请写成 90d、12h 或 30m 这样，不能写“{value}”",
                        $"{metric.Text} is a length of time such as 90d, 12h or 30m, not '{value}'");
            case ValueKind.Days:
                return WindowSyntax.Days(value)
                    ?? throw new VocabularyException(
                        $"{metric.Text} 在这个方案里按整天计算，请写成 90d 这样，不能写“{value}”",
                        $"{metric.Text} counts whole days in this scheme: write 90d, not '{value}'");
        }

        if (!decimal.TryParse(value, System.Globalization.NumberStyles.Number, null, out var number))
            throw new VocabularyException(
                $"{metric.Text} 是数字，不能写“{value}”",
                $"{metric.Text} is a number, not '{value}'");
        if (metric.Kind == ValueKind.Money) return Money(number, value);
        if (number != decimal.Truncate(number) || Math.Abs(number) > int.MaxValue)
            throw new VocabularyException(
                $"{metric.Text} 是整数，不能写“{value}”",
                $"{metric.Text} is a whole number, not '{value}'");
        return (long)number;
    }

    private long Money(decimal number, string value)
    {
        if (currency.ToMinor(number) is not { } minor)
            throw new VocabularyException($"金额 {value} 太大", $"{value} is too much money");
        return IsStored || currency.ToMajor(minor) == number ? minor : throw new VocabularyException(
            $"{currency.Code} 的金额最多 {currency.MinorUnits} 位小数，不能写“{value}”",
            $"an amount of {currency.Code} has at most {currency.MinorUnits} decimals, not '{value}'");
    }

    private OrderMetric Sum(OrderSum sum, IReadOnlyList<string> arguments, string text)
    {
        var excludeRefunded = arguments.Contains("excludeRefunded");
        var windows = arguments.Where(argument => argument != "excludeRefunded").ToList();
        if (windows.Count > 1) throw new VocabularyException(
            $"{text} 写了不止一个时间窗，只能写一个",
            $"{text} has more than one window");
        var window = windows.Count == 0 ? Grid.Model.Time.Window.All : Window(windows[0]);
        return new OrderMetric(sum, window, excludeRefunded) { Text = text };
    }

    private Metric? Activity(string name, IReadOnlyList<string> arguments, string text)
    {
        var isLong = arguments.Count > 0 && WindowSyntax.IsWindow(arguments[^1]);
        var window = !isLong ? null : name == "purchases" ? Window(arguments[^1]) : ActivityWindow(arguments[^1]);
        IReadOnlyList<string> names = window is null ? arguments : [.. arguments.Take(arguments.Count - 1)];
        var some = names.Count == 0 ? null : names;
        var inside = window ?? Grid.Model.Time.Window.All;
        return name switch
        {
            "interactions" => new InteractionMetric(some, inside) { Text = text },
            "referrals" when some is null => new InteractionMetric(["referral"], inside) { Text = text },
            "referrals" => throw new VocabularyException(
                "referrals 的括号里只写时间窗，例如 referrals(90d)",
                "referrals takes a window only"),
            "browse" => new BrowseMetric(some, inside) { Text = text },
            "dwell" => new DwellMetric(some, inside) { Text = text },
            "purchases" when some is not null => new CategoryOrders(some, inside) { Text = text },
            "purchases" => throw new VocabularyException(
                "purchases 要写明品类，例如 purchases(shoes, 365d)",
                "purchases names a category: purchases(shoes, 365d)"),
            _ => null,
        };
    }

    /// <summary>Whether a metric is read from the rfm section of a scheme.</summary>
    internal static bool IsOfScores(string name) =>
        name == "scored" || name.StartsWith("score.", StringComparison.Ordinal) || name.StartsWith("high.", StringComparison.Ordinal);

    private Metric? Score(string name, string text)
    {
        if (!IsOfScores(name)) return null;
        if (rfm is null) throw new VocabularyException(
            $"{name} 需要方案里有 rfm 一节，例如 rfm: {{ window: 90d, scores: rank }}",
            $"{name} needs an rfm section in the scheme");
        if (name == "scored") return new ScoredMetric(rfm.Window) { Text = text };
        if (name == "score.sum") return new ScoreSumMetric(rfm) { Text = text };
        var reading = name[0] == 's' ? ScoreReading.Score : ScoreReading.High;
        return name[^2..] switch
        {
            ".r" => new ScoreMetric(rfm.Recency, reading) { Text = text },
            ".f" => new ScoreMetric(rfm.Frequency, reading) { Text = text },
            ".m" => new ScoreMetric(rfm.Monetary, reading) { Text = text },
            _ => null,
        };
    }

    private static string None(IReadOnlyList<string> arguments, string text) =>
        arguments.Count == 0 ? text : throw new VocabularyException(
            $"{text}：这个指标后面不写括号",
            $"{text}: this metric takes no arguments");

    private static string One(IReadOnlyList<string> arguments, LocalizedText what) =>
        arguments.Count == 1 ? arguments[0] : throw new VocabularyException($"括号里写一项：{what.Zh}", $"it takes one argument, {what.En}");

    private static VocabularyException Unknown(string name) =>
        new(
            $"没有指标“{name}”；可用的有 {string.Join("、", MetricNames.Concat(NamedNames).Order())}",
            $"there is no metric '{name}'; there are {string.Join(", ", MetricNames.Concat(NamedNames).Order())}");
}
