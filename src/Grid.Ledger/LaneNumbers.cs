using System.Globalization;

namespace Grid.Ledger;

/// <summary>A number for each lane, for positions. A lane beyond the last has number 0.</summary>
internal static class LaneNumbers
{
    private const int TextCharactersMax = 200;

    public static long[] With(long[] numbers, int lane, long number)
    {
        var changed = new long[Math.Max(numbers.Length, lane + 1)];
        numbers.CopyTo(changed, 0);
        changed[lane] = number;
        return changed;
    }

    /// <summary>Whether no lane of <paramref name="others"/> has a greater number.</summary>
    public static bool Cover(long[] numbers, long[] others)
    {
        for (var lane = 0; lane < others.Length; lane++)
            if (At(numbers, lane) < others[lane])
                return false;
        return true;
    }

    public static long[] Merge(long[] numbers, long[] others, Func<long, long, long> choose)
    {
        var merged = new long[Math.Max(numbers.Length, others.Length)];
        for (var lane = 0; lane < merged.Length; lane++) merged[lane] = choose(At(numbers, lane), At(others, lane));
        return merged;
    }

    /// <summary>Parses numbers separated by points.</summary>
    public static bool TryParse(string? text, out long[] numbers)
    {
        numbers = [];
        if (string.IsNullOrEmpty(text) || text.Length > TextCharactersMax) return false;
        var parts = text.Split('.');
        var parsed = new long[parts.Length];
        for (var lane = 0; lane < parts.Length; lane++)
            if (!long.TryParse(parts[lane], NumberStyles.None, CultureInfo.InvariantCulture, out parsed[lane]))
                return false;
        numbers = parsed;
        return true;
    }

    private static long At(long[] numbers, int lane) => lane < numbers.Length ? numbers[lane] : 0;
}
