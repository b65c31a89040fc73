namespace Grid.Model.Baselines;

/// <summary>
/// Keeps published cut-offs that the population has hardly left. A cut-off separates a share of the population; it stays while it is the exact cut-off of
/// a share that is off by no more than the margin. This is state of the grid: no layer depends on a customer's earlier layers.
/// </summary>
internal static class SettledCuts
{
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
            var fifths = 1_000L * (index + 1);
            if (5_000L * less >= values.Length * (fifths - margin) && 5_000L * LessBelow(values, less) < values.Length * (fifths + margin))
                settled[index] = known[index];
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
            var off = (long)Math.Min(share, 1_000 - share) * margin;
            if (1_000_000L * reaching >= values.Length * (1_000L * share - off) && 1_000_000L * above < values.Length * (1_000L * share + off))
                exact[index] = exact[index] with { Threshold = before.Threshold, WithTies = reaching };
        }

        return exact;
    }

    private static int Less(ReadOnlySpan<long> values, long value) => Ranking.FirstAtLeast(values, value);

    /// <summary>How many values are less than the largest of the first <paramref name="count"/> ones; −1 for none.</summary>
    private static int LessBelow(ReadOnlySpan<long> values, int count) => count == 0 ? -1 : Less(values, values[count - 1]);
}
