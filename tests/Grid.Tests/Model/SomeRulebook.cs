using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Tests.Model.Histories;
using Shouldly;

namespace Grid.Tests.Model;

/// <summary>A rulebook from the files of a test.</summary>
internal static class SomeRulebook
{
    /// <summary>A scheme with a lapse after 10 days without an order, with the given additions.</summary>
    public static string Lapsing(string more = "") => $$"""
        id: lapsing
        name: { zh: 流失, en: Lapsing }
        description: { zh: 测试, en: For a test }
        {{more}}
        layers:
          - { id: lost, name: { zh: 流失, en: Lost }, playbook: { zh: 召回, en: Call back } }
          - { id: idle, name: { zh: 沉寂, en: Idle }, playbook: { zh: 提醒, en: Remind } }
          - { id: busy, name: { zh: 活跃, en: Busy }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: busy, when: recency < 10d }
          - { layer: idle, when: recency < 20d }
          - { layer: lost }
        """;

    public static RulebookResult Compiled(params string[] files) => RulebookCompiler.Compile(
        SchemeFolder.Read(files.Select((yaml, index) => ($"{index}.yaml", Encoding.UTF8.GetBytes(yaml)))), Currency.Cny);

    public static Life Begun(params string[] files)
    {
        var result = Compiled(files);
        result.Faults.ShouldBeEmpty();
        return new Life(new Rules(new Rulebook(1, new Instant(Limits.EarliestMilliseconds), result.Content!), Baseline.None));
    }
}
