using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

internal enum Joining
{
    Comparison,
    All,
    Any,
    Not,
}

/// <summary>A condition or a part of one, with its place and its formula.</summary>
/// <param name="Text">A comparison as written; empty for a group.</param>
/// <param name="Readings">The metrics of a comparison.</param>
/// <param name="Top">Set for a comparison with a top share of the population.</param>
internal sealed record Part(
    Place Place,
    string Text,
    Joining Joining,
    Formula Formula,
    IReadOnlyList<Part> Parts,
    IReadOnlyList<Reading> Readings,
    TopMetric? Top = null)
{
    public IEnumerable<Reading> AllReadings => Readings.Concat(Parts.SelectMany(part => part.AllReadings));
}

/// <summary>Builds parts from compiled conditions and their definitions, which have the places.</summary>
internal sealed class PartReader(MetricVariables metrics, NamedVariables names)
{
    public Part Read(ConditionDefinition definition, Condition condition) => (definition, condition) switch
    {
        (AllDefinition all, All compiled) => Group(all, Joining.All, all.Conditions, compiled.Conditions),
        (AnyDefinition any, Any compiled) => Group(any, Joining.Any, any.Conditions, compiled.Conditions),
        (NotDefinition not, Not compiled) => Negation(not, Read(not.Condition, compiled.Condition)),
        _ => Leaf(definition, condition),
    };

    private Part Group(
        ConditionDefinition definition, Joining joining, IReadOnlyList<ConditionDefinition> definitions, IReadOnlyList<Condition> conditions)
    {
        List<Part> parts = [.. definitions.Zip(conditions, Read)];
        List<Formula> formulas = [.. parts.Select(part => part.Formula)];
        return new Part(definition.Place, "", joining, joining == Joining.All ? new Both(formulas) : new Either(formulas), parts, []);
    }

    private static Part Negation(NotDefinition definition, Part part) =>
        new(definition.Place, "", Joining.Not, part.Formula.Negated(), [part], []);

    private Part Leaf(ConditionDefinition definition, Condition condition)
    {
        var text = (definition as ComparisonDefinition)?.Text ?? $"{condition.Text} {definition.Place}";
        if (condition is Comparison comparison)
        {
            var metric = metrics.Read(comparison.Metric);
            var formula = metric.Where(IntervalSet.From(comparison.Operator, comparison.Bound));
            return new Part(definition.Place, text, Joining.Comparison, formula, [], [metric], comparison.Metric as TopMetric);
        }

        // A derived tag is compiled to its rule's condition, but the file and the messages name it as a tag.
        var (named, readings) = definition is ComparisonDefinition { Metric: "tags" } tag
            ? names.Tag(tag.Values[0], tag.Operator == Operator.Has)
            : names.Read(condition, text);
        return new Part(definition.Place, text, Joining.Comparison, named, [], readings);
    }
}
