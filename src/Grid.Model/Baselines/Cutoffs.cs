using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>Everyone whose value is at least <paramref name="Threshold"/> is among the top <paramref name="PerMille"/> thousandths.</summary>
/// <param name="Nominal">⌈n·p⌉.</param>
/// <param name="WithTies">The number of customers at or above the threshold, ties included.</param>
public sealed record TopCutoff(int PerMille, long Nominal, long Threshold, long WithTies);

/// <summary>The cut-offs of one measure over a population of <paramref name="Population"/> customers.</summary>
/// <param name="Measure">The measure's id.</param>
/// <param name="Bounds">Of a ranked measure: the smallest values that score 2, 3, 4, 5. Empty for a measure that is a score.</param>
/// <param name="ScoreSum">Σ scores over the population.</param>
public sealed record Cutoffs(string Measure, long Population, IReadOnlyList<long> Bounds, long ScoreSum, IReadOnlyList<TopCutoff> Tops)
{
    internal static readonly Cutoffs NoScores = new(string.Empty, 0, [], 0, []);
    internal static readonly Cutoffs NoValues =
        new(string.Empty, 0, [long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue], 0, []);

    /// <summary>
    /// For a measure whose bounds split ties: per bound, the first customer id (in id order) that reaches the score with exactly the bound's value;
    /// an empty id when all customers with that value reach it. An empty list for every other measure.
    /// </summary>
    public IReadOnlyList<string> Splits { get; init; } = [];

    /// <summary>The instant at which the cut-offs were derived from the population.</summary>
    public Instant AsOf { get; init; } = Instant.Beginning;

    /// <summary>
    /// How far a score must exceed the mean to be high, in thousandths of a score: the measure's margin, or the nearest one that keeps what was high.
    /// 0 for cut-offs of earlier builds, which had none: they stay what they were until the next derivation.
    /// </summary>
    public int HighMargin { get; init; }

    /// <summary>The smallest score that exceeds the mean by more than the margin; 6 when none does or the population is empty.</summary>
    public int HighFrom => Population == 0 ? 6 : MeanScore.LeastHigh(Population, ScoreSum, HighMargin);

    /// <summary>From 1 to 5.</summary>
    public int Score(long value, CustomerId customer)
    {
        if (Bounds.Count == 0) return (int)value;
        var score = 1;
        for (var index = 0; index < Bounds.Count; index++)
            if (Reaches(index, value, customer))
                score++;
        return score;
    }

    public bool IsHigh(long value, CustomerId customer) => Score(value, customer) >= HighFrom;

    /// <summary>The smallest value with which a customer reaches a score from 2 to 5; <see cref="long.MaxValue"/> when none does.</summary>
    public long Least(int score, CustomerId customer)
    {
        var bound = Bounds[score - 2];
        return bound == long.MaxValue || Reaches(score - 2, bound, customer) ? bound : bound + 1;
    }

    public bool IsTop(long value, int perMille)
    {
        for (var index = 0; index < Tops.Count; index++)
            if (Tops[index].PerMille == perMille)
                return value >= Tops[index].Threshold;
        return false;
    }

    /// <summary>
    /// Whether these two cut-offs decide alike for a customer: the same score, high or not, and top shares, as far as conditions read them.
    /// </summary>
    /// <param name="other">Of the same measure.</param>
    /// <param name="value">The customer's.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="reads">The parts that conditions read, beside top shares.</param>
    public bool DecidesLike(Cutoffs other, long value, CustomerId customer, CutoffReadings reads)
    {
        var (score, otherScore) = (Score(value, customer), other.Score(value, customer));
        if (reads.HasFlag(CutoffReadings.Scores) && score != otherScore) return false;
        if (reads.HasFlag(CutoffReadings.High) && (score >= HighFrom) != (otherScore >= other.HighFrom)) return false;
        foreach (var top in Tops)
            if (IsTop(value, top.PerMille) != other.IsTop(value, top.PerMille))
                return false;
        return true;
    }

    /// <summary>Whether both cut-offs score every value alike; populations and sums may differ.</summary>
    public bool CutsLike(Cutoffs other) =>
        HighFrom == other.HighFrom && Bounds.SequenceEqual(other.Bounds) && Splits.SequenceEqual(other.Splits)
        && Tops.Select(top => (top.PerMille, top.Threshold)).SequenceEqual(other.Tops.Select(top => (top.PerMille, top.Threshold)));

    private bool Reaches(int index, long value, CustomerId customer)
    {
        if (value != Bounds[index] || Splits.Count == 0) return value >= Bounds[index];
        return value != long.MaxValue && customer.CompareTo(new CustomerId(Splits[index])) >= 0;
    }
}
