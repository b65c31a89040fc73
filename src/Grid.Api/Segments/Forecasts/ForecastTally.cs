using Grid.Grains.Populations;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Api.Segments.Forecasts;

/// <summary>
/// Lives each customer through what time alone will do before an instant, and counts who moves when, in every scheme at once: the
/// deadlines are those of the customer, whichever scheme is asked about. A customer who is due only later costs one look.
/// </summary>
internal sealed class ForecastTally : IPopulationVisitor
{
    // What is counted is transitions by span, so only deadlines have to be bounded.
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

    /// <summary>Customers with more deadlines than are looked at: what they do after these is missing.</summary>
    public long CutShort { get; private set; }

    public void Visit(CustomerRow row, Customer customer)
    {
        _start.BringUp(row, customer);
        for (var index = 0; index < _byIndex.Length; index++) _byIndex[index].Count(customer.Layers[index].Layer);

        // While a baseline is being published, who reads it differently and stays where it is may still have the deadlines of the one before.
        if (customer.DueAt >= _until && customer.Baseline == _start.Rules.Baseline.Number) return;
        var now = Instant.Max(_start.AsOf, customer.EvaluatedAt);
        if (!_future.Live(row.Customer, customer, now, _until, _start.Rules, Bounds)) CutShort++;
        foreach (var coming in _future.Transitions) _schemes[coming.Scheme].Add(coming.From, coming.To, coming.EffectiveAt);
    }

    /// <summary>Adds what another worker has found.</summary>
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

    /// <summary>At the instant of asking, by rank.</summary>
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
