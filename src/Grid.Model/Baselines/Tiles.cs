using Grid.Model.Customers;

namespace Grid.Model.Baselines;

/// <summary>
/// Five runs of rows in the order of (value, customer id), of n/5 rows each and one more in each of the first n mod 5. A bound therefore
/// falls between two rows, which may have the same value: then the id of the first row behind it says who is where.
/// </summary>
internal static class Tiles
{
    private const int Count = 5;

    /// <param name="measure">Its id.</param>
    /// <param name="values">Of the population, in any order; sorted in place.</param>
    /// <param name="customers">Whose values these are, in the order the values come in.</param>
    /// <param name="topPerMilles">Shares asked for, in thousandths.</param>
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
    /// Finds ids by their place among the customers of one value, without sorting more than is needed: several bounds may lie in one
    /// value that most customers have.
    /// </summary>
    private sealed class TiedCustomers(long[] values, IReadOnlyList<CustomerId> customers)
    {
        private long _value;
        private CustomerId[] _tied = [];
        private int _from;

        /// <summary>Asked in ascending order of value and place.</summary>
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

        /// <summary>Puts the id of a place there, smaller ones before it and larger ones behind: halves the range again and again.</summary>
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

            // A short rest, or ids that were given in an order made to fool the halving.
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
