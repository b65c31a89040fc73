namespace Grid.Model.Baselines;

/// <summary>
/// Keeps published cut-offs that the population has hardly left. A cut-off separates a share of the population; it stays while it is the exact cut-off of
/// a share that is off by no more than the margin or a few customers. This is state of the grid: no layer depends on a customer's earlier layers.
/// </summary>
internal static class SettledCuts
{
    /// <summary>
    /// A margin is at least this many customers, but no more than half of the share: in a population of hundreds a twentieth of a fifth is fewer
    /// customers than a day moves.
    /// </summary>
    private const long CustomersMin = 5;

    /// <summary>The bounds of the scores 2 to 5 by rank, each the known one where it still is the bound of about (k − 1) fifths.</summary>
    /// <param name="values">Of the population, sorted.</param>
    /// <param name="exact">The exact bounds.</param>
    /// <param name="known">The published bounds.</param>
    /// <param name="margin">In thousandths of a fifth of the population.</param>
    public static long[] Bounds(ReadOnlySpan<long> values, long[] exact, IReadOnlyList<long> known, int margin)
    {
        if (margin == 0 || known.Count != exact.Length) return exact;
        var settled = exact.ToArray();
        for (var index = 0; index < exact.Length; index++)
        {
            // Between its exact neighbours, so that the bounds stay in order whichever of them are kept.
            if (index > 0 && known[index] < exact[index - 1]) continue;
            if (index + 1 < exact.Length && known[index] > exact[index + 1]) continue;
            var less = Less(values, known[index]);
            var share = values.Length * 1_000L * (index + 1);
            var off = Math.Max(values.Length * (long)margin, Math.Min(CustomersMin * 5_000, values.Length * 500L));
            if (5_000L * less >= share - off && 5_000L * LessBelow(values, less) < share + off) settled[index] = known[index];
        }

        return settled;
    }

    /// <summary>The top shares, each with its known threshold where about that share still reaches it.</summary>
    /// <param name="values">Of the population, sorted.</param>
    /// <param name="exact">The exact ones.</param>
    /// <param name="known">The published ones.</param>
    /// <param name="margin">In thousandths of the share, or of the rest where that is smaller.</param>
    public static TopCutoff[] Tops(ReadOnlySpan<long> values, TopCutoff[] exact, IReadOnlyList<TopCutoff> known, int margin)
    {
        if (margin == 0) return exact;
        for (var index = 0; index < exact.Length; index++)
        {
            var share = exact[index].PerMille;
            if (known.FirstOrDefault(top => top.PerMille == share) is not { } before || before.Threshold == long.MaxValue) continue;
            var reaching = values.Length - Less(values, before.Threshold);
            var above = values.Length - Less(values, before.Threshold + 1);
            var smaller = values.Length * (long)Math.Min(share, 1_000 - share);
            var off = Math.Max(smaller * margin, Math.Min(CustomersMin * 1_000_000, smaller * 500));
            if (1_000_000L * reaching >= values.Length * 1_000L * share - off && 1_000_000L * above < values.Length * 1_000L * share + off)
                exact[index] = exact[index] with { Threshold = before.Threshold, WithTies = reaching };
        }

        return exact;
    }

    private static int Less(ReadOnlySpan<long> values, long value) => Ranking.FirstAtLeast(values, value);

    /// <summary>How many values are less than the largest of the first <paramref name="count"/> ones; −1 for none.</summary>
    private static int LessBelow(ReadOnlySpan<long> values, int count) => count == 0 ? -1 : Less(values, values[count - 1]);
}
