using Grid.Model.Metrics;

namespace Grid.Rulebooks.Linting;

/// <summary>An unknown number of a customer: a metric, whether it has a tag, or which of several names a trait has.</summary>
/// <param name="Key">Metrics with the same key always have the same value.</param>
/// <param name="Possible">The values that it can have at all.</param>
/// <param name="Kind">Determines which values are readable in an example.</param>
internal sealed record Variable(int Index, string Key, IntervalSet Possible, ValueKind Kind)
{
    /// <summary>Greater than every bound that a scheme can name, and small enough that three of them can be added.</summary>
    public const long Large = long.MaxValue / 4;

    public static readonly IntervalSet Counts = IntervalSet.Between(0, Large);

    public static readonly IntervalSet Truths = IntervalSet.Between(0, 1);

    /// <summary>Refunds of unknown orders can make spend negative.</summary>
    public static readonly IntervalSet Amounts = IntervalSet.Between(-Large, Large);

    public static readonly IntervalSet Ages = IntervalSet.Between(0, Large).Union(IntervalSet.Only(Metric.Infinite));

    public Literal Is(IntervalSet values) => new(this, values);

    public Literal AtLeast(long bound) => new(this, IntervalSet.AtLeast(bound));

    public Literal AtMost(long bound) => new(this, IntervalSet.AtMost(bound));
}

/// <summary>The sum of the terms, each taken once or, with a sign of −1, subtracted, is at most <paramref name="Most"/>.</summary>
internal sealed record Relation(IReadOnlyList<(Variable Unknown, int Sign)> Terms, long Most)
{
    /// <summary>The first is at most the second.</summary>
    public static Relation Ordered(Variable least, Variable most) => new([(least, 1), (most, -1)], 0);
}
