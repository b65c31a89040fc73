using Grid.Model.Baselines;
using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>All customers at one instant, and which of them are high or in a top share, by the formulas of the domain.</summary>
internal sealed class ReferencePopulation(IReadOnlyList<ReferenceCustomer> customers, long asOf)
{
    public static readonly ReferencePopulation Nobody = new([], 0);

    private readonly Dictionary<(string Scheme, string What), List<long>> _values = [];
    private readonly Dictionary<(string Scheme, string What), long[]> _cuts = [];
    private readonly Dictionary<(string Scheme, string What), long> _scoreSums = [];
    private readonly Dictionary<(string Scheme, string What), List<(long Value, string Id)>> _rows = [];
    private readonly Dictionary<(string Scheme, string What), decimal[]> _quantiles = [];

    /// <summary>From 1 to 5; 0 for a customer outside the scored population.</summary>
    public long Score(SchemeDefinition scheme, char dimension, ReferenceCustomer customer, long now)
    {
        var value = ReferenceDimension.Value(scheme, dimension, customer, now);
        return value is null ? 0 : ScoreOf(scheme, dimension, value.Value, customer.Id);
    }

    public bool IsHigh(SchemeDefinition scheme, char dimension, ReferenceCustomer customer, long now)
    {
        var score = Score(scheme, dimension, customer, now);
        var scored = Rows(scheme, dimension).Count;
        return score > 0 && scored > 0 && score - scheme.Rfm!.HighMargin / 1000m > (decimal)ScoreSum(scheme, dimension) / scored;
    }

    /// <summary>Whether fewer than ⌈n·p⌉ customers have more, so that the customer has at least the value of the ⌈n·p⌉-th.</summary>
    public bool IsTop(SchemeDefinition scheme, IReadOnlyList<string> arguments, decimal share, ReferenceCustomer customer, long now)
    {
        var value = ReferenceDimension.TopValue(scheme, arguments, customer, now);
        var values = Values(scheme, string.Join(',', arguments), other => ReferenceDimension.TopValue(scheme, arguments, other, asOf));
        var nominal = (int)Math.Ceiling(values.Count * share);
        return value is not null && nominal > 0 && values.Count(other => other > value) < nominal;
    }

    /// <summary><c>cut_k = min{v in population : 5·#less(v) ≥ n·(k−1)}</c>; null where there is none.</summary>
    public static long[] CutsOf(IReadOnlyList<long> values) =>
    [
        .. Enumerable.Range(2, 4).Select(k => values
            .Where(value => 5L * values.Count(other => other < value) >= (long)values.Count * (k - 1))
            .DefaultIfEmpty(long.MaxValue)
            .Min()),
    ];

    private long ScoreSum(SchemeDefinition scheme, char dimension)
    {
        var key = (scheme.Id, dimension.ToString());
        if (_scoreSums.TryGetValue(key, out var sum)) return sum;
        return _scoreSums[key] = Rows(scheme, dimension).Sum(row => ScoreOf(scheme, dimension, row.Value, row.Id));
    }

    private long ScoreOf(SchemeDefinition scheme, char dimension, long value, string id)
    {
        var definition = ReferenceDimension.From(scheme, dimension);
        if (definition.Bands is not null) return value;
        if (definition.Mode == ScoreMode.Ntile) return ReferenceScores.ByTiles(Rows(scheme, dimension), value, id);
        var key = (scheme.Id, dimension.ToString());
        if (definition.Mode != ScoreMode.Rank)
        {
            if (!_quantiles.TryGetValue(key, out var quantiles))
                _quantiles[key] = quantiles = ReferenceScores.Quantiles([.. Rows(scheme, dimension).Select(row => row.Value)], dimension);
            return ReferenceScores.ByQuantiles(definition.Mode, dimension, scheme.Calendar is not null, quantiles, value);
        }

        if (!_cuts.TryGetValue(key, out var cuts)) _cuts[key] = cuts = CutsOf([.. Rows(scheme, dimension).Select(row => row.Value)]);
        return 1 + cuts.Count(cut => value >= cut);
    }

    /// <summary>The scored customers, by value and id.</summary>
    private List<(long Value, string Id)> Rows(SchemeDefinition scheme, char dimension)
    {
        var key = (scheme.Id, dimension.ToString());
        if (_rows.TryGetValue(key, out var rows)) return rows;
        var scored = customers.Select(other => (Value: ReferenceDimension.Value(scheme, dimension, other, asOf), other.Id))
            .Where(row => row.Value is not null).Select(row => (Value: row.Value!.Value, row.Id));
        return _rows[key] = [.. scored.OrderBy(row => row.Value).ThenBy(row => row.Id, StringComparer.Ordinal)];
    }

    private List<long> Values(SchemeDefinition scheme, string what, Func<ReferenceCustomer, long?> read)
    {
        if (!_values.TryGetValue((scheme.Id, what), out var values))
            _values[(scheme.Id, what)] = values = [.. customers.Select(read).OfType<long>()];
        return values;
    }
}
