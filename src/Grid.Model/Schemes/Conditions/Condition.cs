using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Schemes.Conditions;

/// <summary>A condition ready to be evaluated: a tree of objects made once per rulebook, shared by all customers.</summary>
public abstract class Condition
{
    /// <summary>The condition as written in the scheme's file.</summary>
    public abstract string Text { get; }

    public abstract FactKinds Reads { get; }

    /// <summary>The metrics it compares.</summary>
    public abstract IEnumerable<Metric> Metrics { get; }

    /// <summary>Positions of the schemes whose layers it reads.</summary>
    public virtual IEnumerable<int> Follows => [];

    public abstract bool Holds(Customer customer, Instant now, Baseline baseline);

    /// <summary>
    /// An instant after <paramref name="now"/> before which time alone cannot change the truth; the latest one that is cheap to compute.
    /// </summary>
    /// <param name="measured">False: ignores changes that come only with the change of a measure, which is a deadline of its own.</param>
    public abstract Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true);
}

/// <summary>A metric against one bound.</summary>
public sealed class Comparison(Metric metric, Operator @operator, long bound, string text) : Condition
{
    public Metric Metric => metric;

    public Operator Operator => @operator;

    public long Bound => bound;

    public override string Text => text;

    public override FactKinds Reads => metric.Reads;

    public override IEnumerable<Metric> Metrics => [metric];

    public override bool Holds(Customer customer, Instant now, Baseline baseline)
    {
        var value = metric.Value(customer, now, baseline);
        if (value == Metric.Absent) return false;
        return @operator switch
        {
            Operator.Equal => value == bound,
            Operator.NotEqual => value != bound,
            Operator.Less => value < bound,
            Operator.AtMost => value <= bound,
            Operator.Greater => value > bound,
            _ => value >= bound,
        };
    }

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true) =>
        !measured && metric.Measures.Count > 0 ? Instant.Never : metric.StaysUntil(customer, now, baseline, bound);
}

/// <summary>Every one holds.</summary>
public sealed class All(IReadOnlyList<Condition> conditions) : Condition
{
    public IReadOnlyList<Condition> Conditions => conditions;

    public override string Text => "all";

    public override FactKinds Reads => conditions.Aggregate(FactKinds.None, (kinds, condition) => kinds | condition.Reads);

    public override IEnumerable<Metric> Metrics => conditions.SelectMany(condition => condition.Metrics);

    public override IEnumerable<int> Follows => conditions.SelectMany(condition => condition.Follows);

    public override bool Holds(Customer customer, Instant now, Baseline baseline)
    {
        for (var index = 0; index < conditions.Count; index++)
            if (!conditions[index].Holds(customer, now, baseline))
                return false;
        return true;
    }

    /// <summary>While one part does not hold, the whole does not: the truth cannot change before that part does.</summary>
    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true)
    {
        for (var index = 0; index < conditions.Count; index++)
            if (!conditions[index].Holds(customer, now, baseline))
                return conditions[index].StaysUntil(customer, now, baseline, measured);
        return conditions.EarliestChange(customer, now, baseline, measured);
    }
}

/// <summary>At least one holds.</summary>
public sealed class Any(IReadOnlyList<Condition> conditions) : Condition
{
    public IReadOnlyList<Condition> Conditions => conditions;

    public override string Text => "any";

    public override FactKinds Reads => conditions.Aggregate(FactKinds.None, (kinds, condition) => kinds | condition.Reads);

    public override IEnumerable<Metric> Metrics => conditions.SelectMany(condition => condition.Metrics);

    public override IEnumerable<int> Follows => conditions.SelectMany(condition => condition.Follows);

    public override bool Holds(Customer customer, Instant now, Baseline baseline)
    {
        for (var index = 0; index < conditions.Count; index++)
            if (conditions[index].Holds(customer, now, baseline))
                return true;
        return false;
    }

    /// <summary>While one part holds, the whole does: the truth cannot change before that part does.</summary>
    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true)
    {
        for (var index = 0; index < conditions.Count; index++)
            if (conditions[index].Holds(customer, now, baseline))
                return conditions[index].StaysUntil(customer, now, baseline, measured);
        return conditions.EarliestChange(customer, now, baseline, measured);
    }
}

public sealed class Not(Condition condition) : Condition
{
    public Condition Condition => condition;

    public override string Text => "not";

    public override FactKinds Reads => condition.Reads;

    public override IEnumerable<Metric> Metrics => condition.Metrics;

    public override IEnumerable<int> Follows => condition.Follows;

    public override bool Holds(Customer customer, Instant now, Baseline baseline) => !condition.Holds(customer, now, baseline);

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true) =>
        condition.StaysUntil(customer, now, baseline, measured);
}

internal static class Conditions
{
    /// <summary>The first instant at which a part may change.</summary>
    public static Instant EarliestChange(
        this IReadOnlyList<Condition> conditions, Customer customer, Instant now, Baseline baseline, bool measured)
    {
        var until = Instant.Never;
        for (var index = 0; index < conditions.Count; index++)
            until = Instant.Min(until, conditions[index].StaysUntil(customer, now, baseline, measured));
        return until;
    }
}
