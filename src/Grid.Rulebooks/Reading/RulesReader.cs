using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Comparisons;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>
/// Reads the rules of a scheme. The linter checks that only the last rule has no condition and that each rule has customers, because it knows which.
/// </summary>
internal static class RulesReader
{
    private const string Example = "rules: [{ layer: loyal, when: orders >= 2 }, { layer: new }]";
    private static readonly string[] Keys = ["layer", "when"];

    /// <summary>Null when no rule could be read.</summary>
    public static IReadOnlyList<RuleDefinition>? Read(Fields scheme, IReadOnlyList<LayerDefinition> layers, DiagnosticBag diagnostics)
    {
        if (scheme.RequiredList("rules", Example) is not { } items)
        {
            return null;
        }

        if (items.Count > SchemeFileLimits.RulesMax)
        {
            diagnostics.Add(
                items[SchemeFileLimits.RulesMax].Place,
                $"一个方案最多有 {SchemeFileLimits.RulesMax} 条规则；请用 any 合并一些。",
                $"A scheme has at most {SchemeFileLimits.RulesMax} rules; join some with any.");
            return null;
        }

        var conditions = new ConditionReader(diagnostics);
        List<RuleDefinition> rules = [];
        HashSet<string> named = [];
        for (var i = 0; i < items.Count; i++)
        {
            if (Fields.Read(items[i], "A rule", "{ layer: loyal, when: orders >= 2 }", Keys, diagnostics) is { } fields)
            {
                var layer = ReadLayer(fields, layers, diagnostics);
                var when = fields.Optional("when") is { } node ? conditions.Read(node) : null;
                var place = items[i].Place;
                if (layer is not null)
                {
                    named.Add(layer.Text);
                    rules.Add(new RuleDefinition(layer.Text, when, place));
                }
            }
        }

        foreach (var layer in layers.Where(layer => !named.Contains(layer.Id)))
        {
            diagnostics.Add(
                layer.Place,
                $"没有规则通向层级“{layer.Id}”；请添加规则或删除这个层级。",
                $"No rule leads to the layer \"{layer.Id}\"; add one or remove the layer.");
        }

        return rules;
    }

    private static SourceScalar? ReadLayer(Fields fields, IReadOnlyList<LayerDefinition> layers, DiagnosticBag diagnostics)
    {
        if (fields.RequiredText("layer", "layer: loyal", Limits.NameBytesMax) is not { } layer)
        {
            return null;
        }

        if (layers.Count > 0 && !layers.Any(known => known.Id == layer.Text))
        {
            var ids = layers.Select(known => known.Id).ToList();
            var list = string.Join(", ", ids);
            var near = NearestWord.Clause(layer.Text, ids);
            diagnostics.Add(
                layer.Place,
                $"方案里没有层级“{layer.Text}”（已有：{list}）{near.Zh}",
                $"The scheme has no layer \"{layer.Text}\" (known: {list}){near.En}");
        }

        return layer;
    }
}
