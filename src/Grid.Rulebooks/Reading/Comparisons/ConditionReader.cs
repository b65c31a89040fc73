using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading.Comparisons;

/// <summary>Reads conditions: a comparison, or exactly one of all, any and not over further conditions.</summary>
internal sealed class ConditionReader(DiagnosticBag diagnostics)
{
    private static readonly string[] Keys = ["all", "any", "not"];
    private int _conditions;

    public ConditionDefinition? Read(SourceNode node)
    {
        if (++_conditions > SchemeFileLimits.ConditionsMax)
        {
            if (_conditions == SchemeFileLimits.ConditionsMax + 1)
            {
                diagnostics.Add(
                    node.Place,
                    $"一个方案最多有 {SchemeFileLimits.ConditionsMax} 个条件；请简化从这里开始的条件。",
                    $"A scheme has at most {SchemeFileLimits.ConditionsMax} conditions; simplify those from here on.");
            }

            return null;
        }

        switch (node)
        {
            case SourceScalar { IsEmpty: true }:
                diagnostics.Add(
                    node.Place,
                    "这里缺少条件；请写上，例如 orders >= 2。",
                    "A condition is missing here; write for example \"orders >= 2\".");
                return null;
            case SourceScalar scalar:
                return ReadComparison(scalar);
            case SourceMapping mapping:
                return ReadGroup(mapping);
            case SourceList:
                diagnostics.Add(
                    node.Place,
                    "只有列表看不出条件之间的关系；请放在“all:”（全部满足）或“any:”（满足其一）下面。",
                    "A list alone does not say how its conditions join; put it under \"all:\" or \"any:\".");
                return null;
            default:
                return null;
        }
    }

    private ComparisonDefinition? ReadComparison(SourceScalar scalar)
    {
        if (scalar.Text.Length > SchemeFileLimits.ComparisonCharactersMax)
        {
            diagnostics.Add(
                scalar.Place,
                $"这个比较有 {scalar.Text.Length} 个字符，最多 {SchemeFileLimits.ComparisonCharactersMax} 个。",
                $"The comparison has {scalar.Text.Length} characters; at most {SchemeFileLimits.ComparisonCharactersMax} are allowed.");
            return null;
        }

        if (!ScalarColumns.CanTell(scalar))
        {
            diagnostics.Add(
                scalar.Place,
                "比较要写在一行里，不用转义符，例如 orders(90d) >= 2。",
                "Write the comparison on one line and without escapes, for example \"orders(90d) >= 2\".");
            return null;
        }

        return new ComparisonParser(scalar, diagnostics).Parse();
    }

    private ConditionDefinition? ReadGroup(SourceMapping mapping)
    {
        var fields = Fields.Read(mapping, "A condition", "{ all: [orders >= 2] }", Keys, diagnostics)!;
        var groups = mapping.Entries.Where(entry => Keys.Contains(entry.Key.Text)).ToList();
        if (groups.Count != 1)
        {
            // An unknown key is already a fault.
            if (groups.Count > 1 || mapping.Entries.Count == 0)
            {
                var place = groups.Count > 1 ? groups[1].Key.Place : mapping.Place;
                diagnostics.Add(
                    place,
                    "一个条件里 all、any、not 只能写一个；可以互相嵌套，例如 all: [a, { not: b }]。",
                    "A condition has exactly one of all, any and not; nest one in the other, such as \"all: [a, { not: b }]\".");
            }

            return null;
        }

        var (key, value) = groups[0];
        if (key.Text == "not")
        {
            return ReadNegation(key.Place, value);
        }

        if (fields.RequiredList(key.Text, $"{key.Text}: [orders >= 2, recency < 90d]") is not { } items)
        {
            return null;
        }

        List<ConditionDefinition> conditions = [];
        foreach (var item in items)
        {
            if (Read(item) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return key.Text == "all" ? new AllDefinition(conditions, key.Place) : new AnyDefinition(conditions, key.Place);
    }

    private NotDefinition? ReadNegation(Place place, SourceNode value)
    {
        if (value is SourceList)
        {
            diagnostics.Add(
                value.Place,
                "“not”后面只有一个条件；请写 not: { any: […] } 或 not: { all: […] }。",
                "\"not\" takes one condition; write \"not: { any: […] }\" or \"not: { all: […] }\".");
            return null;
        }

        return Read(value) is { } condition ? new NotDefinition(condition, place) : null;
    }
}
