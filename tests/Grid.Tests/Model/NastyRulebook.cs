using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model.Histories;
using Grid.Tests.Model.Reference;
using static Grid.Tests.Model.SomeSchemes;

namespace Grid.Tests.Model;

/// <summary>A rulebook with every feature: all shipped files, schemes where mistakes would hide, tags, points and audiences.</summary>
internal static class NastyRulebook
{
    private const string MoreFiles = """
        tags:
          - { tag: busy, name: { zh: 忙, en: Busy }, when: { any: ["orders(9d) >= 2", "interactions(12h) >= 1"] } }
          - { tag: upper, name: { zh: 上, en: Upper }, when: "topPercent(spend, 60d) <= 40%" }
          - { tag: "takes:*", name: { zh: 买, en: Takes }, each: { of: purchases, window: 30d, atLeast: 2 } }
          - { tag: "looks:*", name: { zh: 看, en: Looks }, each: { of: browse, window: 3d } }
          - { tag: vip, name: { zh: 贵, en: Vip }, when: { all: ["tags has upper", "tags lacks busy"] } }
        ---
        tags:
          - { tag: local, name: { zh: 本, en: Local }, when: "orders(2d) >= 1" }
          - { tag: "by-day:*", name: { zh: 日, en: By day }, each: { of: interactions, window: 10d } }
        calendar: Europe/Berlin
        ---
        audience: of-held
        name: { zh: 人群, en: Of held }
        when: { any: ["layer(graceful) = a", { all: ["layer(staying) in [b, rest]", "tags has busy"] }, "layer(lifecycle) = lost"] }
        ---
        audience: of-tags
        name: { zh: 人群, en: Of tags }
        calendar: America/New_York
        when:
          any:
            - "tags has vip"
            - { all: ["tags has takes:shoes", "tags lacks looks:bags"] }
            - { not: { any: ["tags has local", "layer(ranked-grace) != c"] } }
        ---
        audience: of-days
        name: { zh: 人群, en: Of days }
        when: { all: ["tags has by-day:comment-added", { any: ["tags has from:qr-code", "purchases(shoes, bags, 60d) >= 2", "layer(journey) != new"] }] }
        """;

    private static readonly SchemeFolderResult Folder = SchemeFolder.Read(
        ShippedSchemes.Files().Concat(MoreFiles.Split("---\n").Select((yaml, index) => ($"more-{index}.yaml", Encoding.UTF8.GetBytes(yaml)))));

    private static readonly SchemeDefinition[] Held =
    [
        Written("graceful", """
            a: { any: ["orders(9d) = 0", "spend(30d) < 60"] }
            b: { all: ["interactions(12h) = 0", { not: "recency < 3d" }] }
            c: orders(30d) >= 4
            """, more: "grace: 2d"),
        Written("staying", """
            a: { all: ["recency >= 7d", "lastActivity >= 1d"] }
            b: { any: ["orders(10d) = 1", "tags has looks:shoes"] }
            """, "Europe/Berlin", more: "minimumStay: 9d"),
        Written("ranked-grace", """
            a: scored = no
            b: { any: ["high.m = no", "topPercent(orders, 30d) > 50%"] }
            c: score.sum < 11
            """, rfm: "{ window: 30d, scores: rank }", more: "grace: 36h\nminimumStay: 4d"),
    ];

    private static readonly SchemeDefinition[] More =
    [
        Written("pointed", """
            a: { all: ["points >= 250", "growth < 900"] }
            b: { any: ["growth >= 1500", "points < 40"] }
            """),
        Written("purchased", """
            a: purchases(shoes, 30d) >= 2
            b: { any: ["purchases(bags) = 0", "purchases(bags, shoes, 9d) > 0"] }
            """, "America/New_York"),
        Written("of-pandas", Scored, rfm: "{ window: 60d, scores: qcut }"),
        Written("of-tiles", Scored, rfm: "{ window: all, scores: ntile }"),
        Written("of-r", Scored, rfm: "{ window: 100d, scores: rfm-r }"),
        Written("of-r-by-day", Scored, "Europe/Berlin", "{ window: 90d, scores: rfm-r }"),
        Written("of-cents", Scored, rfm: "{ window: 30d, scores: { recency: qcut, frequency: ntile, monetary: rfm-r-cents } }"),
    ];

    private const string Scored = """
        a: { all: ["score.r >= 4", "high.m = yes"] }
        b: { any: ["score.f = 5", "score.m <= 2"] }
        c: { all: ["score.sum >= 8", "high.r = no"] }
        """;

    public static ReferenceRulebook Reference { get; } = new(
        [.. Folder.Schemes.Where(scheme => !scheme.IsAudience), .. Nasty, .. Held, .. More, .. Folder.Schemes.Where(scheme => scheme.IsAudience)],
        Folder.Tags,
        Folder.Points);

    /// <summary>Of what decides in the schemes that hold customers; of the tags they ask for one.</summary>
    public static Moments MomentsOfHeld { get; } = new(
        [.. Held, .. new ReferenceTags([.. Folder.Tags.Where(tag => tag.Tag == "looks:*")]).Definitions], days: false);

    /// <summary>Compiled without a check that every layer can be reached.</summary>
    public static Rulebook Compiled()
    {
        var orders = Folder.Points!.Orders!;
        var points = new PointRules((long)(decimal.Parse(orders.Each) * 100), orders.Points, Folder.Points.Interactions);
        var context = new CompileContext(points, TagRules.None, []);
        foreach (var tag in Folder.Tags)
            context = context with { Tags = new TagRules([.. context.Tags.All, SchemeCompiler.CompileTag(tag, Currency.Cny, context).Rule!]) };
        foreach (var definition in Reference.Schemes)
        {
            var (scheme, faults) = SchemeCompiler.CompileUnlinted(definition, Currency.Cny, context);
            if (scheme is null) throw new InvalidOperationException(string.Join('\n', faults));
            context = context with { Schemes = [.. context.Schemes, scheme] };
        }

        return new Rulebook(1, new Instant(Limits.EarliestMilliseconds), new RulebookContent(context.Schemes, context.Tags, points));
    }

    /// <summary>The rules with the cut-offs of these customers as of an instant.</summary>
    public static Rules RulesOf(IReadOnlyList<Life> crowd, Instant ranked)
    {
        var rulebook = Compiled();
        var members = crowd.Select(life => (Id: life.Customer.Id, life.Customer.Measures)).ToList();
        var cuts = rulebook.Measures.Select((measure, index) =>
        {
            var own = members.Where(member => member.Measures[index] != Measure.Absent).ToList();
            return Ranking.Compute(
                measure, [.. own.Select(member => member.Measures[index])], [.. own.Select(member => member.Id)], rulebook.TopsOf(measure), ranked);
        });
        return new Rules(rulebook, new Baseline(1, Instant.Beginning, [.. cuts]));
    }
}
