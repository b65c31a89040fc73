using Grid.Model.Baselines;

namespace Grid.Tests.Model.Reference;

/// <summary>Scores of other tools, by their definitions in fractions: decimals represent fifths exactly.</summary>
internal static class ReferenceScores
{
    /// <summary>Type-7 quantiles at each fifth. Recency is an age: the smaller the instant, the larger the age.</summary>
    public static decimal[] Quantiles(IReadOnlyList<long> population, char dimension)
    {
        var sorted = population.Select(value => dimension == 'r' ? -value : value).Order().ToList();
        if (sorted.Count == 0) return [];
        return
        [
            .. Enumerable.Range(1, 4).Select(k =>
            {
                var place = (sorted.Count - 1) * k / 5m;
                var low = (int)decimal.Floor(place);
                return sorted[low] + (place - low) * (sorted[Math.Min(low + 1, sorted.Count - 1)] - sorted[low]);
            }),
        ];
    }

    /// <summary>For an age, a larger value is worse; for other values, a smaller one.</summary>
    public static long ByQuantiles(ScoreMode mode, char dimension, bool inDays, decimal[] quantiles, long value)
    {
        if (quantiles.Length == 0) return 1;
        var turned = dimension == 'r' ? -1 : 1;
        var step = (mode, dimension) switch
        {
            (_, 'r') => inDays ? 1 : 86_400_000,
            (ScoreMode.RfmR, 'm') => 100,
            _ => 1,
        };
        var behind = quantiles.Count(quantile => mode == ScoreMode.Qcut ? turned * value > quantile : turned * value >= quantile + step);
        return dimension == 'r' ? 5 - behind : 1 + behind;
    }

    /// <summary>Five runs of rows; the first ones are a row longer when the rows do not divide evenly.</summary>
    /// <param name="rows">By value and id.</param>
    public static long ByTiles(IReadOnlyList<(long Value, string Id)> rows, long value, string id)
    {
        long score = 1;
        for (var tile = 1; tile < 5; tile++)
        {
            var start = rows.Count / 5 * tile + Math.Min(tile, rows.Count % 5);
            if (start >= rows.Count) continue;
            var isSplit = start > 0 && rows[start - 1].Value == rows[start].Value;
            var reaches = value > rows[start].Value
                || (value == rows[start].Value && (!isSplit || string.CompareOrdinal(id, rows[start].Id) >= 0));
            score += reaches ? 1 : 0;
        }

        return score;
    }
}
