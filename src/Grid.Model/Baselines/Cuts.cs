namespace Grid.Model.Baselines;

/// <summary>Everyone whose value is at least <paramref name="Threshold"/> is among the top <paramref name="PerMille"/> thousandths.</summary>
/// <param name="Nominal">⌈n·p⌉.</param>
/// <param name="WithTies">How many that are, ties included.</param>
public sealed record TopCut(int PerMille, long Nominal, long Threshold, long WithTies);

/// <summary>The cut-offs of one measure over a population of <paramref name="Population"/> customers.</summary>
/// <param name="Measure">The measure's id.</param>
/// <param name="Bounds">Of a ranked measure: the smallest values that score 2, 3, 4, 5. Empty for a measure that is a score.</param>
/// <param name="ScoreSum">Σ scores over the population.</param>
public sealed record Cuts(string Measure, long Population, IReadOnlyList<long> Bounds, long ScoreSum, IReadOnlyList<TopCut> Tops)
{
    internal static readonly Cuts NoScores = new(string.Empty, 0, [], 0, []);
    internal static readonly Cuts NoValues =
        new(string.Empty, 0, [long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue], 0, []);

    /// <summary>The smallest score s with s·n &gt; Σ scores, in integers; 6 when the population is empty.</summary>
    public int HighFrom => Population == 0 ? 6 : (int)(ScoreSum / Population) + 1;

    /// <summary>From 1 to 5.</summary>
    public int Score(long value)
    {
        if (Bounds.Count == 0) return (int)value;
        var score = 1;
        for (var index = 0; index < Bounds.Count; index++)
            if (value >= Bounds[index])
                score++;
        return score;
    }

    public bool IsHigh(long value) => Score(value) >= HighFrom;

    public bool IsTop(long value, int perMille)
    {
        for (var index = 0; index < Tops.Count; index++)
            if (Tops[index].PerMille == perMille)
                return value >= Tops[index].Threshold;
        return false;
    }

    /// <summary>Whether a customer of these two values, under these two cut-offs, could tell them apart.</summary>
    public bool DecidesLike(Cuts other, long value)
    {
        if (Score(value) != other.Score(value) || IsHigh(value) != other.IsHigh(value)) return false;
        foreach (var top in Tops)
            if (IsTop(value, top.PerMille) != other.IsTop(value, top.PerMille))
                return false;
        return true;
    }

    /// <summary>Whether both cut every value alike; populations and sums may differ.</summary>
    public bool CutsLike(Cuts other) =>
        HighFrom == other.HighFrom && Bounds.SequenceEqual(other.Bounds)
        && Tops.Select(top => (top.PerMille, top.Threshold)).SequenceEqual(other.Tops.Select(top => (top.PerMille, top.Threshold)));
}
