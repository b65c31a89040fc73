using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;

namespace Grid.Tests.Model;

/// <summary>Schemes for evaluating customers: the shipped ones, and some in which mistakes would hide.</summary>
internal static class SomeSchemes
{
    public static IReadOnlyList<SchemeDefinition> Shipped { get; } = SchemeFolder.Read(ShippedSchemes.Files()).Schemes;

    public static IReadOnlyList<SchemeDefinition> Nasty { get; } =
    [
        Written(
            "nested",
            """
            a: { not: { any: ["orders(2d) >= 1", { all: ["interactions(6h) = 0", "spend(36h) > 10"] }, "lastActivity < 45m"] } }
            b: { any: ["aov(30d) > 150", "refunds(12h) != 0", { not: "recency > 49h" }] }
            c: repurchases(10d) = 1
            d: { all: ["tags has vip", "tags lacks risk"] }
            """),
        Written(
            "berlin",
            """
            a: orders(1d) >= 2
            b: recency = 3d
            c: { all: ["spend(7d) > 100", "lastActivity <= 2d"] }
            d: { any: ["firstOrder != 30d", "browse(shoes, 2d) >= 1"] }
            """,
            "Europe/Berlin"),
        Written(
            "new-york",
            """
            a: recencyDays < 1d
            b: { not: "orders(30d, excludeRefunded) >= 1" }
            c: joined >= 200d
            d: { any: ["refunds(1d) > 0", "interactions(comment-added, 1d) != 1"] }
            """,
            "America/New_York"),
        Written(
            "settled",
            """
            a: { all: ["orders(excludeRefunded) = 0", "orders > 0"] }
            b: spend < 0
            c: { any: ["orders(9d, excludeRefunded) != 2", "aov(excludeRefunded) >= 300"] }
            d: refunds >= 50
            """),
        Written(
            "ages",
            """
            a: { all: ["joined < 10d", "medianOrderInterval < 5d"] }
            b: { any: ["dwell(bags, 3d) > 20m", "dwell(1d) >= 1h"] }
            c: { all: ["firstOrder > 100d", { not: "medianOrderInterval >= 20d" }] }
            d: recency <= 90s
            """),
        Written(
            "named",
            """
            a: { any: ["membership = expired", { all: ["trait(age) >= 30", "consent(marketing) = yes"] }] }
            b: { all: ["membership != none", { not: "trait(city) in [Berlin, paris]" }] }
            c: { any: ["points >= 300", "source = qr-code", { all: ["community = yes", "growth < 100"] }] }
            d: { not: { any: ["tags has vip", "trait(city) != Berlin"] } }
            """),
        Written(
            "literals",
            """
            a: trait(city) = yes
            b: { any: ["trait(city) = '07'", "trait(city) = no"] }
            c: trait(city) = 7
            d: { not: "trait(city) in ['yes', Berlin]" }
            """),
        Written(
            "exact-means",
            """
            a: { all: ["high.r = yes", "high.f = yes"] }
            b: high.m = yes
            """,
            rfm: "{ window: 60d, scores: rank, highMargin: 0 }"),
        Written(
            "persons",
            """
            a: { all: ["age >= 30", "age < 31"] }
            b: { any: ["favouriteCategory(60d) = shoes", { all: ["plan = gold", "age != 40"] }] }
            c: { all: ["favouriteSeason(180d) in [summer, autumn]", { not: "plan in [gold, silver]" }] }
            d: { any: ["favouriteChannel = store", { not: "age > 17" }] }
            """,
            "America/New_York"),
        Written(
            "favourites",
            """
            a: { all: ["favouriteChannel(30d) != web", "favouriteCategory in [bags, shoes]"] }
            b: favouriteSeason = winter
            c: { all: ["age >= 0", "age <= 20"] }
            d: favouriteCategory(2d) = bags
            """),
        Written(
            "scores",
            """
            a: { all: ["score.r = 5", { not: "score.f < 3" }] }
            b: { any: ["high.m = yes", "topPercent(orders, 30d) <= 25%"] }
            c: { all: ["scored = yes", "topPercent(spend) > 50%", "score.sum >= 7"] }
            d: { any: ["score.m != 1", "topPercent(refunds, 60d) <= 12.5%"] }
            """,
            rfm: "{ window: 30d, scores: rank }"),
        Written(
            "scores-of-days",
            """
            a: { all: ["score.r >= 4", "high.f = yes"] }
            b: { any: ["score.m = 3", "high.r = no"] }
            c: score.sum > 5
            """,
            "Europe/Berlin",
            """
            { window: 60d, scores:
                { recency: { bands: [1d, 3d, 9d, 27d] }, frequency: rank, monetary: { window: 10d, bands: [300, 150, 50, 0] } } }
            """),
    ];

    public static IReadOnlyList<SchemeDefinition> All { get; } = [.. Shipped, .. Nasty];

    /// <summary>A scheme of the named layers, and a last one, <c>rest</c>, for all other customers.</summary>
    /// <param name="rules">Per line a layer and its condition as YAML.</param>
    /// <param name="zone">The zone of its calendar.</param>
    /// <param name="rfm">Its rfm section as YAML.</param>
    /// <param name="more">Any further lines.</param>
    public static SchemeDefinition Written(string id, string rules, string? zone = null, string? rfm = null, string more = "")
    {
        var lines = rules.Split('\n').Select(line => line.Split(':', 2)).ToList();
        var layers = lines.Select(line => line[0].Trim()).Append("rest").Distinct();
        var yaml = $$"""
            id: {{id}}
            name: { zh: 方案, en: Scheme }
            description: { zh: 测试, en: For a test }
            {{(zone is null ? "" : $"calendar: {zone}")}}
            {{(rfm is null ? "" : $"rfm: {rfm}")}}
            {{more}}
            layers:
            {{string.Join('\n', layers.Select(Layer))}}
            rules:
            {{string.Join('\n', lines.Select(line => $"  - {{ layer: \"{line[0].Trim()}\", when: {Quoted(line[1].Trim())} }}"))}}
              - { layer: rest }
            """;
        var result = SchemeFile.Read(id + ".yaml", yaml);
        return result.Scheme ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }

    public static Rulebook Rulebook(IEnumerable<SchemeDefinition> definitions, int number = 1, Instant? publishedAt = null) =>
        new(number, publishedAt ?? new Instant(Limits.EarliestMilliseconds), [.. definitions.Select(Compiled)]);

    public static Rules Rules(params SchemeDefinition[] definitions) => new(Rulebook(definitions), Baseline.None);

    // A test of evaluation may write a layer that no customer can reach.
    private static Scheme Compiled(SchemeDefinition definition)
    {
        var (scheme, faults) = SchemeCompiler.CompileUnlinted(definition, Currency.Cny, CompileContext.Empty);
        return scheme ?? throw new InvalidOperationException(string.Join('\n', faults));
    }

    private static string Layer(string id) =>
        $"  - {{ id: \"{id}\", name: {{ zh: 层, en: Layer }}, playbook: {{ zh: 做{id}, en: do {id} }} }}";

    private static string Quoted(string condition) => condition.StartsWith('{') ? condition : $"\"{condition}\"";
}
