using Grid.Grains.Rules;

namespace Grid.Simulation.Worlds;

/// <summary>The rulebooks of every world: small, so that a world is cheap, with every kind of reason to move.</summary>
internal sealed class WorldRulebooks
{
    private const string Lapsing = """
        id: lapsing
        name: { zh: 流失, en: Lapsing }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: lost, name: { zh: 流失, en: Lost }, playbook: { zh: 召回, en: Call back } }
          - { id: idle, name: { zh: 沉寂, en: Idle }, playbook: { zh: 提醒, en: Remind } }
          - { id: busy, name: { zh: 活跃, en: Busy }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: busy, when: recency < BUSYd }
          - { layer: idle, when: { any: [ "recency < 20d", "interactions(6h) >= 1" ] } }
          - { layer: lost }
        """;

    private const string Spending = """
        id: spending
        name: { zh: 消费, en: Spending }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: little, name: { zh: 少, en: Little }, playbook: { zh: 低, en: Low } }
          - { id: some, name: { zh: 中, en: Some }, playbook: { zh: 中, en: Middle } }
          - { id: much, name: { zh: 多, en: Much }, playbook: { zh: 高, en: High } }
        rules:
          - { layer: much, when: spend(30d) >= MUCH }
          - { layer: some, when: { any: [ "orders(7d) >= 2", "browse(shoes, 3d) >= 2", "tags has vip" ] } }
          - { layer: little }
        """;

    private const string Ranked = """
        id: ranked
        name: { zh: 排名, en: Ranked }
        description: { zh: 测试, en: For a test }
        rfm: { window: 30d, scores: rank }
        layers:
          - { id: none, name: { zh: 无, en: None }, playbook: { zh: 无, en: Nothing } }
          - { id: low, name: { zh: 低, en: Low }, playbook: { zh: 低, en: Low } }
          - { id: high, name: { zh: 高, en: High }, playbook: { zh: 高, en: High } }
        rules:
          - { layer: none, when: scored = no }
          - { layer: high, when: { any: [ "high.m = yes", "topPercent(orders, 30d) <= 25%" ] } }
          - { layer: low }
        """;

    private const string Persons = """
        id: persons
        name: { zh: 人, en: Persons }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 无, en: Nothing } }
          - { id: berlin, name: { zh: 柏林, en: Berlin }, playbook: { zh: 柏林, en: Berlin } }
        rules:
          - { layer: berlin, when: { all: [ "trait(city) = Berlin", "orders >= 1" ] } }
          - { layer: rest }
        """;

    private const string Busy = """
        id: busiest
        name: { zh: 忙, en: Busiest }
        description: { zh: 测试, en: For a test }
        rfm: { window: 60d, scores: rank }
        layers:
          - { id: others, name: { zh: 其他, en: Others }, playbook: { zh: 无, en: Nothing } }
          - { id: top, name: { zh: 前, en: Top }, playbook: { zh: 高, en: High } }
        rules:
          - { layer: top, when: { any: [ "score.f = 5", "score.r = 5" ] } }
          - { layer: others }
        """;

    public static WorldRulebooks Instance { get; } = new();

    /// <summary>In force from the start.</summary>
    public IReadOnlyList<SchemeSource> First { get; } = Files(Lapsing.Replace("BUSY", "10"), Spending.Replace("MUCH", "200"), Ranked, Persons);

    /// <summary>Other bounds, a scheme less, a scheme with new measures more.</summary>
    public IReadOnlyList<SchemeSource> Second { get; } = Files(Lapsing.Replace("BUSY", "5"), Spending.Replace("MUCH", "100"), Ranked, Busy);

    private static SchemeSource[] Files(params string[] files) =>
        [.. files.Select((yaml, index) => new SchemeSource($"{index}.yaml", yaml))];
}
