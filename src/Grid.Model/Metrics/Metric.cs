using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>The kind of a metric's value; it determines how bounds are written.</summary>
public enum ValueKind
{
    /// <summary>A whole number.</summary>
    Count,

    /// <summary>Minor units of the deployment's currency; written in major units.</summary>
    Money,

    /// <summary>Milliseconds; written <c>90d</c>, <c>12h</c>, <c>30m</c>. The age of something that never happened is infinite.</summary>
    Duration,

    /// <summary>Whole local days.</summary>
    Days,

    /// <summary>0 or 1; written <c>no</c> or <c>yes</c>.</summary>
    Truth,
}

/// <summary>A number derived from one customer's facts at an instant. Pure; one instance serves all customers.</summary>
public abstract class Metric
{
    /// <summary>The duration for "never": longer than every bound.</summary>
    public const long Infinite = long.MaxValue;

    /// <summary>The value when the customer has none: no comparison with it holds, for any operator.</summary>
    public const long Absent = long.MinValue;

    /// <summary>As written in a scheme, for example <c>orders(90d)</c>.</summary>
    public required string Text { get; init; }

    public abstract ValueKind Kind { get; }

    /// <summary>The facts it reads.</summary>
    public abstract FactKinds Reads { get; }

    /// <summary>The measures of the baseline that it is compared with; empty for most metrics.</summary>
    public virtual IReadOnlyList<Measure> Measures => [];

    /// <summary>The parts of the cut-offs of <see cref="Measures"/> that it reads; all parts unless overridden.</summary>
    public virtual CutoffReadings ReadsOfCuts => Measures.Count == 0 ? CutoffReadings.None : CutoffReadings.Scores | CutoffReadings.High;

    public abstract long Value(Customer customer, Instant now, Baseline baseline);

    /// <summary>The first instant after <paramref name="now"/> at which the value can differ, facts and baseline unchanged.</summary>
    public abstract Instant NextChange(Customer customer, Instant now, Baseline baseline);

    /// <summary>
    /// An instant after <paramref name="now"/> before which "value ≥ bound" and "value &gt; bound" both stay as they are. Walks from change
    /// to change; ages, which change all the time, compute it.
    /// </summary>
    public virtual Instant StaysUntil(Customer customer, Instant now, Baseline baseline, long bound)
    {
        var side = Math.Sign(Value(customer, now, baseline).CompareTo(bound));
        for (var at = NextChange(customer, now, baseline); !at.IsNever; at = NextChange(customer, at, baseline))
            if (Math.Sign(Value(customer, at, baseline).CompareTo(bound)) != side)
                return at;
        return Instant.Never;
    }
}
