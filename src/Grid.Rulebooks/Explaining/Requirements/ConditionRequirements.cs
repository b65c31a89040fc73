using Grid.Model.Schemes.Conditions;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>The requirements that make a whole condition hold, or no longer hold.</summary>
internal static class ConditionRequirements
{
    /// <summary>The requirements, all of them together; empty when the condition already has the wanted truth.</summary>
    public static IReadOnlyList<Requirement> From(EvaluationContext context, Condition condition, bool wanted)
    {
        if (context.Holds(condition) == wanted) return [];
        return condition switch
        {
            Comparison comparison => [ComparisonRequirement.From(context, comparison, wanted)],
            NamedCondition named => [NamedRequirement.From(context, named, wanted)],
            Not not => From(context, not.Condition, !wanted),
            All all => wanted ? Together(context, all.Conditions, wanted) : Either(context, all.Conditions, wanted),
            Any any => wanted ? Either(context, any.Conditions, wanted) : Together(context, any.Conditions, wanted),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "a kind of condition without an explanation"),
        };
    }

    private static IReadOnlyList<Requirement> Together(EvaluationContext context, IReadOnlyList<Condition> conditions, bool wanted) =>
        Requirement.Distinct([.. conditions.SelectMany(condition => From(context, condition, wanted))]);

    private static IReadOnlyList<Requirement> Either(EvaluationContext context, IReadOnlyList<Condition> conditions, bool wanted)
    {
        var ways = conditions.Select(condition => From(context, condition, wanted))
            .DistinctBy(way => string.Join('\n', way.Select(requirement => requirement.Text.En))).ToList();
        return ways.Count == 1 ? ways[0] : [RequirementText.OneOf(ways)];
    }
}
