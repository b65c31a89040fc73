using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>The inputs of an explanation: the customer at an instant, and a baseline.</summary>
internal sealed record EvaluationContext(Customer Customer, Instant Now, Baseline Baseline, Currency Currency)
{
    public bool Holds(Condition condition) => condition.Holds(Customer, Now, Baseline);

    public long Value(Metric metric) => metric.Value(Customer, Now, Baseline);

    public string Text(Metric metric) => AnswerText.Format(metric.Kind, Value(metric), Currency);

    public string TextZh(Metric metric) => ChineseText.Format(metric.Kind, Value(metric), Currency);

    /// <summary>The value that a comparison reads; null when the customer has none.</summary>
    public string? Actual(Condition condition) => condition switch
    {
        Comparison comparison => Text(comparison.Metric),
        NamedCondition named => named.Actual(Customer, Now),
        _ => null,
    };

    /// <summary>The value that a comparison reads, as Chinese sentences write it; null when the customer has none.</summary>
    public string? ActualZh(Condition condition) => condition switch
    {
        Comparison comparison => TextZh(comparison.Metric),
        NamedCondition named => ChineseText.Actual(named, named.Actual(Customer, Now)),
        _ => null,
    };

    /// <summary>The first instant at which time alone gives the condition the wanted truth; <see cref="Instant.Never"/> for none.</summary>
    public Instant BecomesAt(Condition condition, bool wanted)
    {
        var at = Now;
        for (var changes = 0; changes < AnswerLimits.ChangesAheadMax; changes++)
        {
            at = condition.StaysUntil(Customer, at, Baseline);
            if (at.IsNever || condition.Holds(Customer, at, Baseline) == wanted) return at;
        }

        return Instant.Never;
    }

    /// <summary>The first instant at which time alone lowers the metric; <see cref="Instant.Never"/> when it does not.</summary>
    public Instant FallsAt(Metric metric)
    {
        var value = Value(metric);
        var at = Now;
        for (var changes = 0; changes < AnswerLimits.ChangesAheadMax; changes++)
        {
            at = metric.NextChange(Customer, at, Baseline);
            if (at.IsNever || metric.Value(Customer, at, Baseline) < value) return at;
        }

        return Instant.Never;
    }
}
