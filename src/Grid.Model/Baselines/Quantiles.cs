namespace Grid.Model.Baselines;

/// <summary>
/// Bounds at type-7 quantiles, q_k = x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋]) with h = (n − 1)·k/5 over the sorted values. A quantile is a
/// fraction with the denominator 5, and the smallest integer behind it decides for integers as the fraction itself does.
/// </summary>
internal static class Quantiles
{
    /// <param name="measure">Of a mode that cuts at quantiles.</param>
    /// <param name="values">Sorted.</param>
    public static long[] Bounds(Measure measure, ReadOnlySpan<long> values)
    {
        var bounds = new long[4];
        for (var k = 1; k <= 4; k++)
        {
            if (values.IsEmpty)
            {
                bounds[k - 1] = long.MaxValue;
                continue;
            }

            var (floor, ceiling) = Quantile(values, k);
            bounds[k - 1] = (measure.Mode, measure.IsRecency) switch
            {
                // score > k when value > q.
                (ScoreMode.Qcut, false) => floor + 1,

                // An age above its quantile scores less, and the quantiles of ages are those of the instants, turned round: value ≥ q.
                (ScoreMode.Qcut, true) => ceiling,

                // score > k when value ≥ q + step.
                (_, false) => ceiling + measure.Step,

                // age ≥ q + step scores less, which turned round is: score > k when value > q − step.
                (_, true) => floor - measure.Step + 1,
            };
        }

        return bounds;
    }

    private static (long Floor, long Ceiling) Quantile(ReadOnlySpan<long> values, int k)
    {
        var (index, fifths) = Math.DivRem((long)(values.Length - 1) * k, 5);
        var low = values[(int)index];
        if (fifths == 0) return (low, low);

        // Int128, because the span between two values times 4 may exceed a long.
        var (whole, rest) = Int128.DivRem((Int128)fifths * ((Int128)values[(int)index + 1] - low), 5);
        return (low + (long)whole, low + (long)whole + (rest == 0 ? 0 : 1));
    }
}
