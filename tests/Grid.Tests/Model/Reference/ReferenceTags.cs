using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>Derived tags, each by its rule; a rule may read the tags before it.</summary>
internal sealed class ReferenceTags
{
    private readonly List<(TagDefinition Tag, ReferenceScheme Rule)> _rules = [];

    public ReferenceTags(IReadOnlyList<TagDefinition> tags)
    {
        foreach (var tag in tags) _rules.Add((tag, new ReferenceScheme(SchemeOf(tag), new ReferenceTags(_rules))));
    }

    private ReferenceTags(List<(TagDefinition Tag, ReferenceScheme Rule)> before) => _rules = [.. before];

    /// <summary>The rules as schemes, for collecting what all of them name.</summary>
    public IEnumerable<SchemeDefinition> Definitions => _rules.Select(rule => rule.Rule.Definition);

    public bool Holds(string tag, ReferenceCustomer customer, long now, ReferencePopulation population)
    {
        foreach (var (definition, rule) in _rules)
        {
            if (definition.Tag == tag && definition.When is { } when) return rule.Holds(when, customer, now, population);
            var stem = definition.Tag.TrimEnd('*');
            if (definition.Each is { } each && tag.Length > stem.Length && tag.StartsWith(stem, StringComparison.Ordinal))
                return Holds(each, tag[stem.Length..], customer, definition.Calendar, now);
        }

        return false;
    }

    private static bool Holds(EachDefinition each, string value, ReferenceCustomer customer, string? zone, long now) =>
        each.Source == "source"
            ? customer.Joins.FirstOrDefault()?.Source == value
            : ReferenceMetrics.Value(customer, zone, each.Source, [value, each.Window ?? "all"], now) >= each.AtLeast;

    /// <summary>The only argument in a family is its window.</summary>
    private static SchemeDefinition SchemeOf(TagDefinition tag)
    {
        var when = tag.When ?? new ComparisonDefinition(
            tag.Each!.Source, [tag.Each.Window ?? "all"], Operator.AtLeast, [$"{tag.Each.AtLeast}"], tag.Tag, tag.Place);
        return new SchemeDefinition($"tag {tag.Tag}", tag.Name, tag.Name, tag.Calendar, null, [], [new RuleDefinition(tag.Tag, when, tag.Place)], tag.Place);
    }
}
