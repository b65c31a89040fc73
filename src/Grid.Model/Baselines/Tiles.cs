using Grid.Model.Customers;

namespace Grid.Model.Baselines;

/// <summary>
/// Splits the rows, ordered by (value, customer id), into five runs of n/5 rows; the first n mod 5 runs have one more. A bound therefore falls
/// between two rows that may have the same value: then the id of the first row above the bound decides.
/// </summary>
internal static class Tiles
{
    private const int Count = 5;

    /// <param name="measure">Its id.</param>
    /// <param name="values">Of the population, in any order; sorted in place.</param>
    /// <param name="customers">Whose values these are, in the order the values come in.</param>
    /// <param name="topPerMilles">The top shares to derive, in thousandths.</param>
    public static Cutoffs Cut(string measure, long[] values, IReadOnlyList<CustomerId> customers, IReadOnlyList<int> topPerMilles)
    {
        long[] sorted = [.. values];
        sorted.AsSpan().Sort();
        var (bounds, splits) = (new long[Count - 1], new string[Count - 1]);
        var ties = new TiedCustomers(values, customers);
        var (size, larger) = Math.DivRem(values.Length, Count);
        long sum = values.Length;
        for (var tile = 1; tile < Count; tile++)
        {
            var start = size * tile + Math.Min(tile, larger);
            (bounds[tile - 1], splits[tile - 1]) = (long.MaxValue, string.Empty);
            if (start >= values.Length) continue;
            bounds[tile - 1] = sorted[start];
            var before = start - Ranking.FirstAtLeast(sorted, sorted[start]);
            if (before > 0) splits[tile - 1] = ties.At(sorted[start], before);
            sum += values.Length - start;
        }

        return new Cutoffs(measure, values.Length, bounds, sum, Ranking.Tops(sorted, topPerMilles)) { Splits = splits };
    }

    /// <summary>
    /// Finds ids by their rank among the customers of one value, and sorts no more than necessary: several bounds may fall on one value that most
    /// customers have.
    /// </summary>
    private sealed class TiedCustomers(long[] values, IReadOnlyList<CustomerId> customers)
    {
        private long _value;
        private CustomerId[] _tied = [];
        private int _from;

        /// <summary>Calls come in ascending order of value and rank.</summary>
        public string At(long value, int place)
        {
            if (_tied.Length == 0 || value != _value) Gather(value);
            Select(place);
            _from = place;
            return _tied[place].Value;
        }

        private void Gather(long value)
        {
            var tied = new List<CustomerId>();
            for (var index = 0; index < values.Length; index++)
                if (values[index] == value)
                    tied.Add(customers[index]);
            (_value, _tied, _from) = (value, [.. tied], 0);
        }

        /// <summary>A quickselect: puts the id of a rank in its place, smaller ids before it and larger ones after it.</summary>
        private void Select(int place)
        {
            var (from, until) = (_from, _tied.Length);
            for (var rounds = 2 * int.Log2(_tied.Length) + 2; until - from > 16 && rounds > 0; rounds--)
            {
                var pivot = Middle(_tied[from], _tied[from + (until - from) / 2], _tied[until - 1]);
                var (low, high) = (from, until - 1);
                while (low <= high)
                {
                    while (_tied[low].CompareTo(pivot) < 0) low++;
                    while (_tied[high].CompareTo(pivot) > 0) high--;
                    if (low > high) break;
                    (_tied[low], _tied[high]) = (_tied[high], _tied[low]);
                    low++;
                    high--;
                }

                if (place <= high) until = high + 1;
                else if (place >= low) from = low;
                else return;
            }

            // The range is short, or its ids come in an order crafted to defeat quickselect: sort it.
            Array.Sort(_tied, from, until - from);
        }

        private static CustomerId Middle(CustomerId a, CustomerId b, CustomerId c)
        {
            if (a.CompareTo(b) > 0) (a, b) = (b, a);
            if (b.CompareTo(c) > 0) b = a.CompareTo(c) > 0 ? a : c;
            return b;
        }
    }
}
