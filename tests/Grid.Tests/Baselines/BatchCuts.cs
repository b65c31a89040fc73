namespace Grid.Tests.Baselines;

/// <summary>
/// The scores of one dimension by a batch calculation over all sales up to an instant, in fractions and by the definitions of the tools; shares no
/// code with the engine.
/// </summary>
internal sealed class BatchCuts
{
    private const long WindowMilliseconds = 30L * 24 * 3_600_000;
    private readonly string _mode;
    private readonly bool _isRecency;
    private readonly long _step;
    private readonly List<(long Value, string Customer)> _rows;
    private readonly decimal[] _quantiles;

    public BatchCuts(string mode, char dimension, IReadOnlyList<Sale> sales, long asOf)
    {
        (_mode, _isRecency, AsOf) = (mode, dimension == 'r', asOf);
        _step = (mode, dimension) switch { (_, 'r') => 24 * 3_600_000, ("rfm-r", 'm') => 100, _ => 1 };
        var values = Values(dimension, sales, asOf).Select(row => (row.Value, row.Key));
        _rows = [.. values.OrderBy(row => row.Value).ThenBy(row => row.Key, StringComparer.Ordinal)];
        _quantiles = Quantiles([.. _rows.Select(row => Measured(row.Value)).Order()]);
        Sum = _rows.Sum(row => Score(row.Value, row.Customer));
    }

    public long AsOf { get; }

    public int Count => _rows.Count;

    public long Sum { get; }

    /// <summary>Per customer with a sale in the window: instant of the last sale, number or sum of sales.</summary>
    public static Dictionary<string, long> Values(char dimension, IReadOnlyList<Sale> sales, long asOf) =>
        sales.Where(sale => sale.At <= asOf && asOf - sale.At < WindowMilliseconds).GroupBy(sale => sale.Customer).ToDictionary(
            group => group.Key,
            group => dimension switch
            {
                'r' => group.Max(sale => sale.At),
                'f' => group.Count(),
                _ => group.Sum(sale => sale.Amount),
            });

    public int Score(long value, string customer)
    {
        var measured = Measured(value);
        switch (_mode)
        {
            case "rank":
                // A value from outside the population scores like the best value that it is at least equal to.
                return 1 + Enumerable.Range(1, 4).Count(k => _rows.Any(row => row.Value <= value && 5L * Worse(row.Value) >= (long)Count * k));
            case "ntile":
                return 1 + Enumerable.Range(1, 4).Count(k => FirstOf(k) is var first && first < Count && Reaches(value, customer, first));
            case "qcut":
                var above = _quantiles.Count(q => measured > q);
                return Count == 0 ? 1 : _isRecency ? 5 - above : 1 + above;
            default:
                var behind = _quantiles.Count(q => measured >= q + _step);
                return Count == 0 ? 1 : _isRecency ? 5 - behind : 1 + behind;
        }
    }

    public bool IsHigh(long value, string customer) => Count > 0 && (long)Score(value, customer) * Count > Sum;

    /// <summary>The tools bin the age of a customer, not the instant of its last order.</summary>
    private decimal Measured(long value) => _isRecency ? AsOf - value : value;

    private int Worse(long value) => _rows.Count(row => row.Value < value);

    private int FirstOf(int tile) => Count / 5 * tile + Math.Min(tile, Count % 5);

    /// <summary>
    /// Whether a customer's row would be at or after a given row. For the first row of its value, all customers with that value count as at it.
    /// </summary>
    private bool Reaches(long value, string customer, int row)
    {
        var isFirst = row == 0 || _rows[row - 1].Value < _rows[row].Value;
        return value > _rows[row].Value
            || (value == _rows[row].Value && (isFirst || string.CompareOrdinal(customer, _rows[row].Customer) >= 0));
    }

    private static decimal[] Quantiles(List<decimal> sorted)
    {
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
}
