using System.Text;
using Grid.Grains.Rules;
using Grid.Rulebooks.Shipped;

namespace Grid.Tests.Segments;

/// <summary>All shipped schemes, and some for effects of time that the shipped ones do not have.</summary>
internal static class ForeseenSchemes
{
    public static IReadOnlyList<SchemeSource> All { get; } =
    [
        .. ShippedSchemes.Files().Select(file => new SchemeSource(file.Name, Encoding.UTF8.GetString(file.Yaml))),
        Written("held", "grace: 5d", "busy", "{ any: [orders(30d) >= 2, interactions(7d) >= 2] }", "idle", "recency < 120d"),
        Written("kept", "minimumStay: 45d", "busy", "{ any: [orders(10d) >= 1, interactions(36h) >= 1] }", "idle", "lastActivity < 60d"),
        Written("held-by-rank", "grace: 36h\nminimumStay: 3d\nrfm: { window: 60d, scores: rank }", "busy", "high.m = yes", "idle", "score.sum >= 6"),
        Written("berlin", "calendar: Europe/Berlin\ngrace: 3d", "busy", "recency < 21d", "idle", "{ any: [orders(90d) >= 1, interactions(30d) >= 2] }"),
        Written("new-york", "calendar: America/New_York", "busy", "interactions(14d) >= 1", "idle", "{ any: [recencyDays < 50d, spend(100d) > 900] }"),
        new("more-tags.yaml", """
            tags:
              - { tag: frequent, name: { zh: 高频, en: Frequent }, when: orders(90d) >= 3 }
              - { tag: rich, name: { zh: 高消费, en: Rich }, when: "topPercent(spend, 45d) <= 30%" }
              - { tag: "regular:*", name: { zh: 常购, en: Regular }, each: { of: purchases, window: 60d, atLeast: 2 } }
            """),
        Audience("lapsing-fans", "{ all: [layer(held) = idle, { any: [tags has frequent, \"tags has regular:shoes\"] }] }"),
        Audience("in-focus", "{ any: [tags has rich, { all: [layer(lifecycle) = loyal, layer(kept) != lost] }] }"),
        Audience("boot-people", "{ all: [\"purchases(boots, 90d) >= 1\", \"layer(berlin) in [idle, lost]\"] }"),
    ];

    private static SchemeSource Audience(string id, string when) =>
        new($"{id}.yaml", $"audience: {id}\nname: {{ zh: 人群, en: Audience }}\nwhen: {when}\n");

    private static SchemeSource Written(string id, string more, string high, string highest, string middle, string higher) => new(
        $"{id}.yaml",
        $$"""
        id: {{id}}
        name: { zh: 方案, en: Scheme }
        description: { zh: 测试, en: For a test }
        {{more}}
        layers:
          - { id: lost, name: { zh: 流失, en: Lost }, playbook: { zh: 召回, en: Call back } }
          - { id: {{middle}}, name: { zh: 沉寂, en: Idle }, playbook: { zh: 提醒, en: Remind } }
          - { id: {{high}}, name: { zh: 活跃, en: Busy }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: {{high}}, when: {{Quoted(highest)}} }
          - { layer: {{middle}}, when: {{Quoted(higher)}} }
          - layer: lost
        """);

    private static string Quoted(string when) => when.StartsWith('{') ? when : $"\"{when}\"";
}
