using Grid.Model.Metrics;

namespace Grid.Rulebooks.Linting;

/// <summary>A number that is not known of a customer: a metric, or whether a tag is there, or which of several names a trait has.</summary>
/// <param name="Key">Two metrics of one key always have one value.</param>
/// <param name="Possible">The values it can have by its nature.</param>
/// <param name="Kind">Which values read well in an example.</param>
internal sealed record Variable(int Index, string Key, IntervalSet Possible, ValueKind Kind)
{
    /// <summary>Larger than every bound a scheme can name, and small enough for three of them to be added.</summary>
    public const long Large = long.MaxValue / 4;

    public static readonly IntervalSet Counts = IntervalSet.Between(0, Large);

    public static readonly IntervalSet Truths = IntervalSet.Between(0, 1);

    /// <summary>Refunds of orders nobody knows make spend negative.</summary>
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
