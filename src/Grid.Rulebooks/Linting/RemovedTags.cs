using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>
/// Finds tags that schemes and audiences of a new rulebook read, and that a rule derives now but no rule of the new rulebook does. Only tags set by
/// hand would be left, and most likely no customer has one.
/// </summary>
public static class RemovedTags
{
    /// <param name="now">The rulebook in force.</param>
    /// <param name="next">The rulebook to publish.</param>
    /// <returns>A warning for each place that reads such a tag.</returns>
    public static IReadOnlyList<Diagnostic> Warnings(Rulebook now, RulebookContent next) =>
    [
        .. next.Schemes.SelectMany(scheme => scheme.Definition.Rules).SelectMany(rule => Leaves(rule.When))
            .Where(leaf => leaf.Metric == "tags" && now.Tags.NameOf(leaf.Values[0]) is not null && next.Tags.NameOf(leaf.Values[0]) is null)
            .Select(leaf => new Diagnostic(
                leaf.Place,
                $"标签“{leaf.Values[0]}”目前由规则产生，而这个规则集里没有规则产生它；发布后只有手工打上的才算。请恢复产生它的规则，或修改这个条件。",
                $"The tag \"{leaf.Values[0]}\" is derived by a rule now, and no rule of this rulebook gives it; after publishing only those set by "
                + "hand count. Bring the rule back, or change this condition.")),
    ];

    private static IEnumerable<ComparisonDefinition> Leaves(ConditionDefinition? condition) => condition switch
    {
        AllDefinition all => all.Conditions.SelectMany(Leaves),
        AnyDefinition any => any.Conditions.SelectMany(Leaves),
        NotDefinition not => Leaves(not.Condition),
        ComparisonDefinition leaf => [leaf],
        _ => [],
    };
}
