using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;

namespace Grid.Load.Turns;

/// <summary>Rulebooks that differ a little from the one in force: a turn under them moves the customer first.</summary>
internal static class MovingTurns
{
    private const string Buyers = """
        id: buyers
        name: { zh: 购买者, en: Buyers }
        description: { zh: 压测, en: For a load test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }
          - { id: many, name: { zh: 多次, en: Many }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: many, when: "topPercent(spend, 60d) <= 15%" }
          - { layer: rest }
        """;

    public static IEnumerable<(string Name, Rules Rules)> After(Rules before)
    {
        yield return ("order, moved by another playbook", Published(before, Replaced("试用装降低门槛", "试用装")));
        yield return ("order, moved by another bound", Published(before, Replaced("recency >= 90d", "recency >= 80d")));
        yield return ("order, moved by a new top share", Published(before, ShippedSchemes.Files().Append(("buyers.yaml", Encoding.UTF8.GetBytes(Buyers)))));
    }

    private static IEnumerable<(string Name, byte[] Yaml)> Replaced(string text, string by)
    {
        foreach (var (name, yaml) in ShippedSchemes.Files())
            yield return (name, name == "lifecycle.yaml" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(yaml).Replace(text, by)) : yaml);
    }

    private static Rules Published(Rules before, IEnumerable<(string Name, byte[] Yaml)> files)
    {
        var content = RulebookCompiler.Compile(SchemeFolder.Read(files), Currency.Cny).Content!;
        var rulebook = new Rulebook(before.Rulebook.Number + 1, TurnCost.Start, content);
        var layouts = new[] { before.Rulebook, rulebook }.ToDictionary(one => one.Number, RulebookLayout.From);
        var added = rulebook.Measures.Select(measure => measure.Id).Except(before.Rulebook.Measures.Select(measure => measure.Id)).ToList();
        var baseline = added.Count == 0
            ? before.Baseline
            : new Baseline(before.Baseline.Number + 1, TurnCost.Start, [.. before.Baseline.Cuts, .. added.Select(Cut)]);
        return new Rules(rulebook, baseline, layouts).After(before);
    }

    private static Cutoffs Cut(string measure) => new(measure, 1_000, [10_000, 20_000, 30_000, 40_000], 3_000, [new TopCutoff(150, 150, 100_000, 150)]);
}
