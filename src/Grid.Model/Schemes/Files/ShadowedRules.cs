using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Schemes.Files;

/// <summary>Finds rules that can never decide because the same condition stands above them.</summary>
internal static class ShadowedRules
{
    public static void Report(IReadOnlyList<RuleDefinition> rules, FaultLog faults)
    {
        Dictionary<string, RuleDefinition> seen = [];
        foreach (var rule in rules)
        {
            if (rule.When is not null && !seen.TryAdd(Text(rule.When), rule))
            {
                var first = seen[Text(rule.When)];
                faults.Add(
                    rule.When.Place,
                    $"The rule in line {first.Place.Line} has the same condition and decides first; "
                    + "remove this one or change its condition.");
            }
        }
    }

    private static string Text(ConditionDefinition condition) => condition switch
    {
        ComparisonDefinition comparison => comparison.Text,
        NotDefinition not => $"not({Text(not.Condition)})",
        AllDefinition all => $"all({Joined(all.Conditions)})",
        AnyDefinition any => $"any({Joined(any.Conditions)})",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "A condition of an unknown kind."),
    };

    private static string Joined(IReadOnlyList<ConditionDefinition> conditions) =>
        string.Join("; ", conditions.Select(Text).Order(StringComparer.Ordinal));
}
