using Grid.Model;
using Grid.Model.Schemes;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;

namespace Grid.Tests.Schemes.Linting;

/// <summary>Schemes written at random, over few metrics with near bounds, so that rules often shadow and contradict each other.</summary>
internal sealed class RandomRules
{
    /// <summary>Metrics for which a customer can be built from a few orders, interactions and tags.</summary>
    private static readonly string[] Simple =
    [
        "orders", "orders(30d)", "orders(90d)", "repurchases", "recency", "firstOrder", "spend(90d)", "interactions(30d)", "interactions", "tags",
    ];

    private static readonly string[] All =
    [
        .. Simple, "orders(30d, excludeRefunded)", "repurchases(90d)", "spend", "refunds(30d)", "refunds", "aov(90d)", "recencyDays", "joined",
        "medianOrderInterval", "interactions(comment-added, 30d)", "interactions(comment-added, referral, 90d)", "referrals", "lastActivity",
        "browse(30d)", "browse(shoes, 90d)", "dwell(90d)", "points", "growth", "membership", "plan", "trait(city)", "trait(age)", "age",
        "community", "source", "consent(marketing)", "score.r", "score.f", "score.m", "score.sum", "high.r", "high.m", "scored",
        "topPercent(spend, 90d)", "topPercent(spend)", "favouriteCategory", "favouriteSeason", "purchases(shoes, 90d)",
    ];

    private static readonly string?[] Zones = [null, null, "Europe/Berlin"];

    private static readonly string[] Scores =
    [
        "{ window: 90d, scores: rank }",
        "{ window: 90d, scores: { recency: { bands: [5d, 10d, 30d, 60d] }, frequency: { window: 30d, bands: [5, 3, 2, 1] }, monetary: rank } }",
    ];

    private readonly Random _random;
    private readonly string[] _metrics;

    private RandomRules(int seed, string[] metrics)
    {
        _random = new Random(seed);

        // Few different metrics, so that rules share them.
        _metrics = [.. Enumerable.Range(0, 4).Select(_ => metrics[_random.Next(metrics.Length)])];
    }

    /// <summary>Not linted: some rules may be unreachable.</summary>
    public static Scheme Scheme(int seed)
    {
        var rules = new RandomRules(seed, All);
        return rules.Written(Zones[rules._random.Next(Zones.Length)], Scores[rules._random.Next(Scores.Length)]);
    }

    /// <inheritdoc cref="Scheme"/>
    public static Scheme SimpleScheme(int seed) => new RandomRules(seed, Simple).Written(null, Scores[0]);

    private Scheme Written(string? zone, string rfm)
    {
        var count = _random.Next(2, 6);
        var last = _random.Next(12);
        var rules = Enumerable.Range(0, count).Select(index => index == count - 1 && last > 0 || index == 0 && last == 1
            ? $"  - {{ layer: l{index} }}"
            : $"  - {{ layer: l{index}, when: {Condition(depth: 0)} }}");
        var yaml = $$"""
            id: random
            name: { zh: 方案, en: Scheme }
            description: { zh: 测试, en: For a test }
            {{(zone is null ? "" : $"calendar: {zone}")}}
            rfm: {{rfm}}
            layers:
            {{string.Join('\n', Enumerable.Range(0, count).Select(Layer))}}
            rules:
            {{string.Join('\n', rules)}}
            """;
        var file = SchemeFile.Read("random.yaml", yaml);
        if (file.Scheme is null) throw new InvalidOperationException($"{string.Join('\n', file.Faults)}\n{yaml}");
        var (scheme, faults) = SchemeCompiler.CompileUnlinted(file.Scheme, Currency.Cny, CompileContext.Empty);
        return scheme ?? throw new InvalidOperationException($"{string.Join('\n', faults)}\n{yaml}");
    }

    private static string Layer(int index) =>
        $"  - {{ id: l{index}, name: {{ zh: 层{index}, en: Layer {index} }}, playbook: {{ zh: 做{index}, en: Do {index} }} }}";

    private string Condition(int depth)
    {
        if (depth > 2 || _random.Next(3) == 0) return $"\"{Comparison()}\"";
        if (_random.Next(5) == 0) return $"{{ not: {Condition(depth + 1)} }}";
        var parts = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Condition(depth + 1));
        return $"{{ {(_random.Next(2) == 0 ? "all" : "any")}: [{string.Join(", ", parts)}] }}";
    }

    private string Comparison()
    {
        var metric = _metrics[_random.Next(_metrics.Length)];
        return metric.Split('(')[0] switch
        {
            "tags" => $"tags {Of("has", "lacks")} {Of("vip", "risk")}",
            "membership" => $"membership {Of("=", "!=")} {Of("active", "expired", "none")}",
            "plan" => $"plan {Of("=", "!=")} {Of("gold", "silver")}",
            "source" => $"source {Of("=", "!=")} {Of("qr-code", "ads")}",
            "favouriteCategory" => $"favouriteCategory {Of("=", "!=")} {Of("shoes", "bags")}",
            "favouriteSeason" => $"favouriteSeason {Of("=", "!=")} {Of("summer", "winter")}",
            "community" or "consent" or "scored" or "high.r" or "high.m" => $"{metric} {Of("=", "!=")} {Of("yes", "no")}",
            "topPercent" => $"{metric} {Of("<=", ">")} {Of("10%", "20%", "50%")}",
            "trait" when metric == "trait(city)" => $"{metric} {Of("= Berlin", "!= Paris", "in [London, berlin]")}",
            "score.r" or "score.f" or "score.m" => $"{metric} {Sign()} {_random.Next(-1, 7)}",
            "score.sum" => $"{metric} {Sign()} {Of("0", "3", "7", "11", "15", "16")}",
            "spend" or "refunds" or "aov" => $"{metric} {Sign()} {Of("0", "50", "100", "300")}",
            "age" or "trait" => $"{metric} {Sign()} {Of("18", "30", "40")}",
            "points" or "growth" => $"{metric} {Sign()} {Of("0", "100", "300")}",
            "recency" or "recencyDays" or "firstOrder" or "lastActivity" or "joined" or "medianOrderInterval" or "dwell" =>
                $"{metric} {Sign()} {Of("0d", "1d", "10d", "30d", "31d", "90d")}",
            _ => $"{metric} {Sign()} {_random.Next(0, 4)}",
        };
    }

    private string Sign() => Of("=", "!=", "<", "<=", ">", ">=");

    private string Of(params string[] words) => words[_random.Next(words.Length)];
}
