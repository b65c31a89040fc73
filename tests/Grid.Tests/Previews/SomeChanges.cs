using Grid.Rulebooks.Shipped;
using static System.Text.Encoding;

namespace Grid.Tests.Previews;

/// <summary>Requests for publications or previews, each a change of the shipped rulebook that operators make.</summary>
internal static class SomeChanges
{
    public const string TopBuyers = """
        id: buyers
        name: { zh: 购买者, en: Buyers }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }
          - { id: many, name: { zh: 多次, en: Many }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: many, when: "topPercent(spend, 120d) <= 10%" }
          - { layer: rest }
        """;

    private const string Audience = """
        audience: new-fans
        name: { zh: 新粉, en: New fans }
        when: { all: ["layer(lifecycle) in [new, loyal]", orders(60d) >= 1] }
        """;

    private const string Tags = """
        tags:
          - { tag: focus, name: { zh: 重点, en: Focus }, when: "topPercent(repurchases) <= 30%" }
        """;

    public const string Held = "a lapse that is held back";

    /// <summary>Each change includes those before it.</summary>
    public static IReadOnlyList<(string Change, object Request)> InOrder { get; } =
    [
        ("a new top share", Replacing("buyers", TopBuyers)),
        ("another top share", Replacing("buyers", TopBuyers.Replace("10%", "25%", StringComparison.Ordinal))),
        (Held, Replacing("lifecycle", Lifecycle("45d").Replace("layers:", "grace: 30d\nlayers:", StringComparison.Ordinal))),
        ("no grace any more", Replacing("lifecycle", Lifecycle("45d"))),
        ("bounds", Replacing("lifecycle", Lifecycle("30d"))),
        ("other layers", Replacing("buyers", ThreeLayers)),
        ("a layer removed", Replacing("buyers", ThreeLayers.Replace(Middle, string.Empty, StringComparison.Ordinal)
            .Replace(MiddleRule, string.Empty, StringComparison.Ordinal))),
        ("schemes removed", new { remove = new[] { "value3", "rfm4" } }),
        ("an audience", Replacing("new-fans", Audience)),
        ("what an audience follows", Replacing("lifecycle", Lifecycle("60d"))),
        ("another score mode", Replacing("rfm8", Shipped("rfm8").Replace("scores: rank", "scores: ntile", StringComparison.Ordinal))),
        ("a derived tag", new { replace = new[] { File("tags", Tags), File("tagged", Tagged) } }),
    ];

    private const string Middle = "  - { id: some, name: { zh: 有些, en: Some }, playbook: { zh: 引导, en: Lead } }\n";

    private const string MiddleRule = "  - { layer: some, when: orders >= 2 }\n";

    private static string ThreeLayers => """
        id: buyers
        name: { zh: 购买者, en: Buyers }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }

        """ + Middle + """
          - { id: many, name: { zh: 多次, en: Many }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: many, when: orders >= 4 }

        """ + MiddleRule + "  - { layer: rest }\n";

    private const string Tagged = """
        id: tagged
        name: { zh: 标签, en: Tagged }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }
          - { id: focus, name: { zh: 重点, en: Focus }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: focus, when: tags has focus }
          - { layer: rest }
        """;

    public static object Replacing(string name, string yaml) => new { replace = new[] { File(name, yaml) } };

    private static object File(string name, string yaml) => new { file = $"{name}.yaml", yaml };

    private static string Lifecycle(string recency) =>
        Shipped("lifecycle").Replace("recency >= 90d", $"recency >= {recency}", StringComparison.Ordinal)
            .Replace("lastActivity >= 30d", "lastActivity >= 10d", StringComparison.Ordinal);

    private static string Shipped(string id) => UTF8.GetString(ShippedSchemes.Files().Single(file => Path.GetFileName(file.Name) == $"{id}.yaml").Yaml);
}
