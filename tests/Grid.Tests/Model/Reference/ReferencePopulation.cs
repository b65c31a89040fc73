using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>All customers at one instant, and what is high or among the top in them, by the formulas of the domain.</summary>
internal sealed class ReferencePopulation(IReadOnlyList<ReferenceCustomer> customers, long asOf)
{
    public static readonly ReferencePopulation Nobody = new([], 0);

    private readonly Dictionary<(string Scheme, string What), List<long>> _values = [];
    private readonly Dictionary<(string Scheme, string What), long[]> _cuts = [];
    private readonly Dictionary<(string Scheme, string What), long> _scoreSums = [];

    /// <summary>From 1 to 5; 0 for a customer outside the scored population.</summary>
    public long Score(SchemeDefinition scheme, char dimension, ReferenceCustomer customer, long now)
    {
        var value = ReferenceDimension.Value(scheme, dimension, customer, now);
        return value is null ? 0 : ScoreOf(scheme, dimension, value.Value);
    }

    public bool IsHigh(SchemeDefinition scheme, char dimension, ReferenceCustomer customer, long now)
    {
        var score = Score(scheme, dimension, customer, now);
        var values = Values(scheme, dimension.ToString(), other => ReferenceDimension.Value(scheme, dimension, other, asOf));
        return score > 0 && values.Count > 0 && score * values.Count > ScoreSum(scheme, dimension, values);
    }

    /// <summary>Whether fewer than ⌈n·p⌉ have more, so that the customer has at least what the ⌈n·p⌉-th has.</summary>
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

    private long ScoreSum(SchemeDefinition scheme, char dimension, List<long> values)
    {
        var key = (scheme.Id, dimension.ToString());
        if (!_scoreSums.TryGetValue(key, out var sum)) _scoreSums[key] = sum = values.Sum(other => ScoreOf(scheme, dimension, other));
        return sum;
    }

    private long ScoreOf(SchemeDefinition scheme, char dimension, long value)
    {
        if (ReferenceDimension.Of(scheme, dimension).Bands is not null) return value;
        var key = (scheme.Id, dimension.ToString());
        if (!_cuts.TryGetValue(key, out var cuts))
        {
            var values = Values(scheme, dimension.ToString(), other => ReferenceDimension.Value(scheme, dimension, other, asOf));
            _cuts[key] = cuts = CutsOf(values);
        }

        return 1 + cuts.Count(cut => value >= cut);
    }

    private List<long> Values(SchemeDefinition scheme, string what, Func<ReferenceCustomer, long?> read)
    {
        if (!_values.TryGetValue((scheme.Id, what), out var values))
            _values[(scheme.Id, what)] = values = [.. customers.Select(read).OfType<long>()];
        return values;
    }
}
