using Grid.Grains.Populations;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Api.Segments.Forecasts;

/// <summary>
/// Computes what time alone will do to each customer before an instant, and counts the moves by span in every scheme at once: a customer's deadlines
/// are the same whichever scheme is requested. A customer who is due only later costs one check.
/// </summary>
internal sealed class ForecastTally : IPopulationVisitor
{
    // Only deadlines need a bound: the transitions are counted by span and not kept.
    private static readonly FutureBounds Bounds = new(int.MaxValue, ApiLimits.ForecastDeadlinesMax);

    private readonly ScanContext _start;
    private readonly Instant _until;
    private readonly Future _future = new();
    private readonly Dictionary<string, SchemeForecast> _schemes;
    private readonly SchemeForecast[] _byIndex;

    public ForecastTally(ScanContext start, int days, bool perHour)
    {
        _start = start;
        _until = start.AsOf.Plus(days * MillisecondsPer.Day);
        _byIndex = [.. start.Rules.Rulebook.Schemes.Select(scheme => new SchemeForecast(scheme, Spans(scheme, perHour)))];
        _schemes = _byIndex.ToDictionary(forecast => forecast.Scheme.Id);
    }

    public IReadOnlyDictionary<string, SchemeForecast> Schemes => _schemes;

    /// <summary>Customers with more deadlines than the limit: their later moves are missing.</summary>
    public long CutShort { get; private set; }

    public void Visit(CustomerRow row, Customer customer)
    {
        _start.BringUp(row, customer);
        for (var index = 0; index < _byIndex.Length; index++) _byIndex[index].Count(customer.Layers[index].Layer);

        // While a baseline is being published, a customer that it does not move may still have the deadline of the baseline before.
        if (customer.DueAt >= _until && customer.Baseline == _start.Rules.Baseline.Number) return;
        var now = Instant.Max(_start.AsOf, customer.EvaluatedAt);
        if (!_future.Live(row.Customer, customer, now, _until, _start.Rules, Bounds)) CutShort++;
        foreach (var coming in _future.Transitions) _schemes[coming.Scheme].Add(coming.From, coming.To, coming.EffectiveAt);
    }

    /// <summary>Adds the counts of another worker.</summary>
    public void Add(ForecastTally part)
    {
        CutShort += part.CutShort;
        for (var index = 0; index < _byIndex.Length; index++) _byIndex[index].Add(part._byIndex[index]);
    }

    private ForecastSpans Spans(Scheme scheme, bool perHour)
    {
        if (perHour) return ForecastSpans.Hours(_start.AsOf, _until);
        var calendar = scheme.Definition.Calendar is { } zone ? new LocalDays(zone) : LocalDays.Utc;
        return ForecastSpans.DaysOf(calendar, _start.AsOf, _until);
    }
}

/// <summary>Members of each layer of a scheme now, and moves per span.</summary>
internal sealed class SchemeForecast(Scheme scheme, ForecastSpans spans)
{
    private readonly long[] _counts = new long[scheme.Layers.Count];
    private readonly Dictionary<(string? From, string? To), long[]> _moves = [];

    public Scheme Scheme => scheme;

    public ForecastSpans Spans => spans;

    /// <summary>Members at the instant of the request, by rank.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>One number per span for each pair of layers.</summary>
    public IReadOnlyDictionary<(string? From, string? To), long[]> Moves => _moves;

    public void Count(int layer) => _counts[layer]++;

    public void Add(string? from, string? to, Instant at) => SeriesOf((from, to))[spans.IndexOf(at)]++;

    public void Add(SchemeForecast part)
    {
        for (var layer = 0; layer < _counts.Length; layer++) _counts[layer] += part._counts[layer];
        foreach (var (pair, moves) in part._moves)
        {
            var series = SeriesOf(pair);
            for (var span = 0; span < series.Length; span++) series[span] += moves[span];
        }
    }

    private long[] SeriesOf((string? From, string? To) pair)
    {
        if (!_moves.TryGetValue(pair, out var series)) _moves[pair] = series = new long[spans.Starts.Count];
        return series;
    }
}
