using Grid.Model.Schemes.Conditions;

namespace Grid.Model.Answers.Needs;

/// <summary>What makes a whole condition hold, or no longer hold.</summary>
internal static class ConditionRequirements
{
    /// <summary>All of these together; empty when the condition is as wanted already.</summary>
    public static IReadOnlyList<Requirement> Of(EvaluationContext situation, Condition condition, bool wanted)
    {
        if (situation.Holds(condition) == wanted) return [];
        return condition switch
        {
            Comparison comparison => [ComparisonRequirement.Of(situation, comparison, wanted)],
            NamedCondition named => [NamedRequirement.Of(situation, named, wanted)],
            Not not => Of(situation, not.Condition, !wanted),
            All all => wanted ? Together(situation, all.Conditions, wanted) : Either(situation, all.Conditions, wanted),
            Any any => wanted ? Either(situation, any.Conditions, wanted) : Together(situation, any.Conditions, wanted),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "a kind of condition that nobody explains"),
        };
    }

    private static IReadOnlyList<Requirement> Together(EvaluationContext situation, IReadOnlyList<Condition> conditions, bool wanted) =>
        Requirement.Distinct([.. conditions.SelectMany(condition => Of(situation, condition, wanted))]);

    private static IReadOnlyList<Requirement> Either(EvaluationContext situation, IReadOnlyList<Condition> conditions, bool wanted)
    {
        var ways = conditions.Select(condition => Of(situation, condition, wanted))
            .DistinctBy(way => string.Join('\n', way.Select(need => need.Text.En))).ToList();
        return ways.Count == 1 ? ways[0] : [RequirementText.OneOf(ways)];
    }
}
