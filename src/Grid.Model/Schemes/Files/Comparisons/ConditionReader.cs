using Grid.Model.Schemes.Definitions;
using Grid.Model.Schemes.Files.Sources;

namespace Grid.Model.Schemes.Files.Comparisons;

/// <summary>Reads conditions: a comparison, or exactly one of all, any and not over further conditions.</summary>
internal sealed class ConditionReader(FaultLog faults)
{
    private static readonly string[] Keys = ["all", "any", "not"];
    private int _conditions;

    public ConditionDefinition? Read(SourceNode node)
    {
        if (++_conditions > SchemeFileLimits.ConditionsMax)
        {
            if (_conditions == SchemeFileLimits.ConditionsMax + 1)
            {
                faults.Add(node.Place, $"A scheme has at most {SchemeFileLimits.ConditionsMax} conditions; simplify those from here on.");
            }

            return null;
        }

        switch (node)
        {
            case SourceScalar { IsEmpty: true }:
                faults.Add(node.Place, "A condition is missing here; write for example \"orders >= 2\".");
                return null;
            case SourceScalar scalar:
                return ReadComparison(scalar);
            case SourceMapping mapping:
                return ReadGroup(mapping);
            case SourceList:
                faults.Add(node.Place, "A list alone does not say how its conditions join; put it under \"all:\" or \"any:\".");
                return null;
            default:
                return null;
        }
    }

    private ComparisonDefinition? ReadComparison(SourceScalar scalar)
    {
        if (scalar.Text.Length > SchemeFileLimits.ComparisonCharactersMax)
        {
            faults.Add(
                scalar.Place,
                $"The comparison has {scalar.Text.Length} characters; at most {SchemeFileLimits.ComparisonCharactersMax} are allowed.");
            return null;
        }

        if (!ScalarColumns.CanTell(scalar))
        {
            faults.Add(scalar.Place, "Write the comparison on one line and without escapes, for example \"orders(90d) >= 2\".");
            return null;
        }

        return new ComparisonParser(scalar, faults).Parse();
    }

    private ConditionDefinition? ReadGroup(SourceMapping mapping)
    {
        var fields = Fields.Of(mapping, "A condition", "{ all: [orders >= 2] }", Keys, faults)!;
        var groups = mapping.Entries.Where(entry => Keys.Contains(entry.Key.Text)).ToList();
        if (groups.Count != 1)
        {
            // An unknown key is already a fault.
            if (groups.Count > 1 || mapping.Entries.Count == 0)
            {
                var place = groups.Count > 1 ? groups[1].Key.Place : mapping.Place;
                faults.Add(
                    place, "A condition has exactly one of all, any and not; nest one in the other, such as \"all: [a, { not: b }]\".");
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
            faults.Add(value.Place, "\"not\" takes one condition; write \"not: { any: […] }\" or \"not: { all: […] }\".");
            return null;
        }

        return Read(value) is { } condition ? new NotDefinition(condition, place) : null;
    }
}
