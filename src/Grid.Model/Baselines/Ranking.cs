using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>Cut-offs from the values of a population, in integers.</summary>
public static class Ranking
{
    /// <summary>The cut-offs of any measure.</summary>
    /// <param name="measure">What the values are of.</param>
    /// <param name="values">Of the population, in any order; sorted in place.</param>
    /// <param name="customers">Whose values these are, in the same order; read only when <see cref="NeedsCustomers"/> is true.</param>
    /// <param name="topPerMilles">The top shares to derive, in thousandths.</param>
    /// <param name="asOf">When the values were read.</param>
    /// <param name="before">The published cut-offs of the measure, which stay where the population has hardly left them; null: none.</param>
    public static Cutoffs Compute(
        Measure measure,
        long[] values,
        IReadOnlyList<CustomerId> customers,
        IReadOnlyList<int> topPerMilles,
        Instant asOf,
        Cutoffs? before = null)
    {
        before = before is null || before.Population == 0 || values.Length == 0 ? null : before;
        var cutoffs = Derive(measure, values, customers, topPerMilles, before) with { AsOf = asOf };
        var margin = before is null
            ? measure.Margins.High
            : MeanScore.SettledMargin(values.Length, cutoffs.ScoreSum, measure.Margins.High, before.HighFrom);
        return cutoffs with { HighMargin = margin };
    }

    private static Cutoffs Derive(
        Measure measure, long[] values, IReadOnlyList<CustomerId> customers, IReadOnlyList<int> topPerMilles, Cutoffs? before)
    {
        if (measure.IsScore) return Average(measure.Id, values);
        if (NeedsCustomers(measure)) return Tiles.Cut(measure.Id, values, customers, topPerMilles);
        values.Sort();
        if (measure.Mode != ScoreMode.Rank) return Cut(measure.Id, values, Quantiles.Bounds(measure, values), Tops(values, topPerMilles));
        var (bounds, tops) = (RankBounds(values), Tops(values, topPerMilles));
        return before is null
            ? Cut(measure.Id, values, bounds, tops)
            : Cut(
                measure.Id,
                values,
                SettledCuts.Bounds(values, bounds, before.Bounds, measure.Margins.Cut),
                SettledCuts.Tops(values, tops, before.Tops, measure.Margins.Cut));
    }

    /// <summary>Whether ties are split by the ids of the customers.</summary>
    public static bool NeedsCustomers(Measure measure) => !measure.IsScore && measure.Mode == ScoreMode.Ntile;

    /// <summary>
    /// <c>cut_k = min{v : 5·#less(v) ≥ n·(k−1)}</c> for k = 2..5, Σ of the scores these make, and for each top share p the ⌈n·p⌉-th
    /// largest value.
    /// </summary>
    /// <param name="measure">Id of a ranked measure.</param>
    /// <param name="values">Of the population, in any order; sorted in place. O(n log n).</param>
    /// <param name="topPerMilles">The top shares to derive, in thousandths.</param>
    public static Cutoffs Rank(string measure, Span<long> values, IReadOnlyList<int> topPerMilles)
    {
        values.Sort();
        return Cut(measure, values, RankBounds(values), Tops(values, topPerMilles));
    }

    /// <summary>For a measure whose values are scores: only their count and sum matter.</summary>
    public static Cutoffs Average(string measure, ReadOnlySpan<long> scores)
    {
        long sum = 0;
        foreach (var score in scores) sum += score;
        return new Cutoffs(measure, scores.Length, [], sum, []);
    }

    internal static TopCutoff[] Tops(ReadOnlySpan<long> values, IReadOnlyList<int> perMilles)
    {
        var tops = new TopCutoff[perMilles.Count];
        for (var index = 0; index < tops.Length; index++)
        {
            var nominal = ((long)values.Length * perMilles[index] + 999) / 1000;
            var threshold = nominal == 0 ? long.MaxValue : values[(int)(values.Length - nominal)];
            tops[index] = new TopCutoff(perMilles[index], nominal, threshold, values.Length - FirstAtLeast(values, threshold));
        }

        return tops;
    }

    internal static int FirstAtLeast(ReadOnlySpan<long> values, long value)
    {
        int low = 0, high = values.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (values[middle] >= value) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static Cutoffs Cut(string measure, ReadOnlySpan<long> values, long[] bounds, TopCutoff[] tops)
    {
        long sum = values.Length;
        foreach (var bound in bounds) sum += values.Length - FirstAtLeast(values, bound);
        return new Cutoffs(measure, values.Length, bounds, sum, tops);
    }

    private static long[] RankBounds(ReadOnlySpan<long> values)
    {
        long count = values.Length;
        var bounds = new long[4];
        for (var k = 2; k <= 5; k++)
        {
            // The smallest index i that is the first of its run of equal values and has 5·i ≥ n·(k−1).
            var index = (int)((count * (k - 1) + 4) / 5);
            if (index < count && index > 0 && values[index] == values[index - 1]) index = EndOfRun(values, index);
            bounds[k - 2] = index < count ? values[index] : long.MaxValue;
        }

        return bounds;
    }

    private static int EndOfRun(ReadOnlySpan<long> values, int index)
    {
        var first = FirstAtLeast(values, values[index]);
        if (first == index) return index;
        return values[index] == long.MaxValue ? values.Length : FirstAtLeast(values, values[index] + 1);
    }
}
