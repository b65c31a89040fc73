using Grid.Model.Schemes.Conditions;

namespace Grid.Rulebooks.Explaining;

/// <summary>A condition with its truth for one customer at an instant.</summary>
/// <param name="Kind">all, any, not or comparison.</param>
/// <param name="Text">A comparison as written in the scheme; else the kind.</param>
/// <param name="Actual">The customer's value beside the bound of a comparison; null when there is none.</param>
public sealed record ConditionView(string Kind, string Text, bool Holds, string? Actual, IReadOnlyList<ConditionView> Children)
{
    internal static ConditionView From(EvaluationContext context, Condition condition)
    {
        var holds = context.Holds(condition);
        return condition switch
        {
            All all => new ConditionView("all", all.Text, holds, null, Each(context, all.Conditions)),
            Any any => new ConditionView("any", any.Text, holds, null, Each(context, any.Conditions)),
            Not not => new ConditionView("not", not.Text, holds, null, Each(context, [not.Condition])),
            _ => new ConditionView("comparison", condition.Text, holds, context.Actual(condition), []),
        };
    }

    private static List<ConditionView> Each(EvaluationContext context, IReadOnlyList<Condition> conditions) =>
        [.. conditions.Select(condition => From(context, condition))];
}
