namespace Grid.Model.Baselines;

/// <summary>
/// Compares scores with their mean. Without a margin the mean of rank scores is 3.000 or 2.999 by the number of customers modulo 5, and each newcomer
/// would turn everybody who scores 3.
/// </summary>
public static class MeanScore
{
    /// <summary>The smallest score s with (1000·s − margin)·n &gt; 1000·Σ scores, in integers; 6 when no score from 1 to 5 is.</summary>
    /// <param name="population">n; above 0.</param>
    /// <param name="scoreSum">Σ scores.</param>
    /// <param name="margin">In thousandths of a score, from 0; 0 is the exact comparison with the mean.</param>
    public static int LeastHigh(long population, long scoreSum, int margin)
    {
        // 128 bits, because 1000·Σ of a population beyond any real one may exceed 64.
        var above = (Int128)scoreSum * 1_000 + (Int128)population * margin;
        return (int)Int128.Min(6, above / ((Int128)population * 1_000) + 1);
    }

    /// <summary>
    /// The margin from 0 to twice the nominal one, the nearest to it, with which the least high score stays what it was; the nominal one when there is
    /// none. A fixed margin alone would only move the edge: the mean of scores with many ties lies at 2.95 as well as at 3.
    /// </summary>
    /// <param name="population">n; above 0.</param>
    /// <param name="scoreSum">Σ scores.</param>
    /// <param name="nominal">In thousandths of a score.</param>
    /// <param name="before">The least high score published before.</param>
    public static int SettledMargin(long population, long scoreSum, int nominal, int before)
    {
        var now = LeastHigh(population, scoreSum, nominal);
        if (now == before) return nominal;

        // (1000·s − margin)·n > 1000·Σ for s = before, and for no smaller score.
        var distance = (Int128)1_000 * population * (now < before ? before - 1 : before) - (Int128)1_000 * scoreSum;
        var margin = now < before ? Ceiling(distance, population) : Ceiling(distance, population) - 1;
        return margin >= 0 && margin <= 2 * nominal && LeastHigh(population, scoreSum, (int)margin) == before ? (int)margin : nominal;
    }

    private static Int128 Ceiling(Int128 dividend, long divisor)
    {
        var (quotient, rest) = Int128.DivRem(dividend, divisor);
        return rest > 0 ? quotient + 1 : quotient;
    }
}
