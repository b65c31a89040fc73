namespace Grid.Model.Baselines;

/// <summary>
/// How far a score must exceed the mean score to be high, in thousandths of a score. Without a margin the mean of rank scores is 3.000 or 2.999 by
/// the number of customers modulo 5, and each newcomer would turn everybody who scores 3.
/// </summary>
public static class HighMargin
{
    /// <summary>0.05 of a score.</summary>
    public const int Default = 50;

    /// <summary>One score.</summary>
    public const int Max = 1_000;

    /// <summary>The smallest score s with (1000·s − margin)·n &gt; 1000·Σ scores, in integers; 6 when no score from 1 to 5 is.</summary>
    /// <param name="population">n; above 0.</param>
    /// <param name="scoreSum">Σ scores.</param>
    /// <param name="margin">From 0 to <see cref="Max"/>; 0 is the exact comparison with the mean.</param>
    public static int LeastHigh(long population, long scoreSum, int margin)
    {
        // 128 bits, because 1000·Σ of a population beyond any real one may exceed 64.
        var above = (Int128)scoreSum * 1_000 + (Int128)population * margin;
        return (int)Int128.Min(6, above / ((Int128)population * 1_000) + 1);
    }
}
