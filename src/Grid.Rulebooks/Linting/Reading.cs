using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>How a metric's value is computed from a variable.</summary>
internal enum View
{
    Itself,

    /// <summary>One less, but not below zero: repurchases follow from orders.</summary>
    OneLess,

    /// <summary>Whether it is at least one: a customer with an order is scored.</summary>
    AtLeastOne,
}

/// <summary>A metric as a scheme writes it, computed from a variable.</summary>
/// <param name="Name">As written; empty for names.</param>
/// <param name="Say">The metric's value in words, for an example.</param>
internal sealed record Reading(string Name, Variable Variable, View View, Func<long, LocalizedText> Say)
{
    // No comparison holds for an absent value.
    private static readonly IntervalSet Present = IntervalSet.AtLeast(Metric.Absent + 1);

    /// <summary>The values of the variable for which the metric has one of the given values.</summary>
    public Literal Where(IntervalSet values) => View switch
    {
        View.Itself => Variable.Is(values.Intersect(Present)),
        View.OneLess => Variable.Is(OneMore(values)),
        _ => Variable.Is(Choice(values.Contains(0), IntervalSet.AtMost(0)).Union(Choice(values.Contains(1), IntervalSet.AtLeast(1)))),
    };

    public LocalizedText SayOf(IReadOnlyList<long> values) => Say(ValueOf(values));

    /// <summary>The metric's value for these values of the variables.</summary>
    public long ValueOf(IReadOnlyList<long> values)
    {
        var value = values[Variable.Index];
        return View switch
        {
            View.Itself => value,
            View.OneLess => Math.Max(0, value - 1),
            _ => Math.Min(1, value),
        };
    }

    private static IntervalSet OneMore(IntervalSet values)
    {
        var variables = Choice(values.Contains(0), IntervalSet.AtMost(1));
        foreach (var (low, high) in values.Intersect(IntervalSet.AtLeast(1)).Spans)
            variables = variables.Union(IntervalSet.Between(low + 1, high == long.MaxValue ? high : high + 1));
        return variables;
    }

    private static IntervalSet Choice(bool isChosen, IntervalSet values) => isChosen ? values : new IntervalSet([]);
}
