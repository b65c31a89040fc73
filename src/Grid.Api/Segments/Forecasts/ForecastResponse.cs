using Grid.Api.Segments.Flows;
using Grid.Model.Schemes;

namespace Grid.Api.Segments.Forecasts;

/// <summary>Moves between the layers of a scheme if no event arrives.</summary>
/// <param name="Per">hour or day.</param>
/// <param name="Zone">The time zone of the days; hours are those of UTC.</param>
/// <param name="Position">The position of the rows in the log.</param>
/// <param name="AsOf">Deadlines by this instant are worked off; the first span begins here.</param>
/// <param name="Until">The end of the forecast, exclusive; the last span ends here.</param>
/// <param name="HeldAgainst">
/// The cut-offs that the forecast assumes to stay, such as <c>baseline 7</c>, when the scheme, or one whose layers it reads, compares customers with
/// the population: a new baseline may move other customers. Null for other schemes.
/// </param>
/// <param name="CutShort">Customers with more deadlines than the limit; their later moves are missing.</param>
/// <param name="Starts">The begin of each span, the earliest first.</param>
/// <param name="Layers">Lowest rank first.</param>
/// <param name="Series">One per pair of layers between which a customer will move.</param>
public sealed record ForecastResponse(
    string Scheme,
    string Per,
    string Zone,
    string Position,
    string AsOf,
    string Until,
    string? HeldAgainst,
    long Population,
    long CutShort,
    IReadOnlyList<string> Starts,
    IReadOnlyList<ForecastLayer> Layers,
    IReadOnlyList<FlowCounts> Series)
{
    internal static ForecastResponse From(ForecastResult made, SchemeForecast forecast, bool perHour)
    {
        var rules = made.Start.Rules;
        return new ForecastResponse(
            forecast.Scheme.Id,
            perHour ? "hour" : "day",
            perHour ? "UTC" : forecast.Scheme.Definition.Calendar ?? "UTC",
            made.Start.Position.ToString(),
            made.Start.AsOf.ToString(),
            forecast.Spans.Until.ToString(),
            AsksPopulation(forecast.Scheme, rules.Rulebook) ? $"baseline {rules.Baseline.Number}" : null,
            made.Customers,
            made.Tally.CutShort,
            [.. forecast.Spans.Starts.Select(start => start.ToString())],
            [.. forecast.Scheme.Layers.Select((layer, rank) => ForecastLayer.From(forecast, layer, rank))],
            [
                .. forecast.Moves.Select(pair => new FlowCounts(pair.Key.From, pair.Key.To, pair.Value.Sum(), pair.Value))
                    .OrderByDescending(series => series.Total).ThenBy(series => series.From).ThenBy(series => series.To),
            ]);
    }

    private static bool AsksPopulation(Scheme scheme, Rulebook rulebook)
    {
        if (scheme.Measures.Count > 0) return true;
        for (var position = 0; position < rulebook.Schemes.Count; position++)
            if ((scheme.Follows >> position & 1) != 0 && AsksPopulation(rulebook.Schemes[position], rulebook))
                return true;
        return false;
    }
}

/// <param name="Count">Members at the instant of the request.</param>
/// <param name="Arrivals">One per span.</param>
/// <param name="Departures">One per span.</param>
/// <param name="Counts">Members at the end of each span.</param>
public sealed record ForecastLayer(
    string Layer, long Count, IReadOnlyList<long> Arrivals, IReadOnlyList<long> Departures, IReadOnlyList<long> Counts)
{
    internal static ForecastLayer From(SchemeForecast forecast, string layer, int rank)
    {
        var spans = forecast.Spans.Starts.Count;
        var (arrivals, departures, counts) = (new long[spans], new long[spans], new long[spans]);
        foreach (var ((from, to), moves) in forecast.Moves)
        {
            for (var span = 0; span < spans; span++)
            {
                if (to == layer) arrivals[span] += moves[span];
                if (from == layer) departures[span] += moves[span];
            }
        }

        var count = forecast.Counts[rank];
        for (var span = 0; span < spans; span++) counts[span] = count += arrivals[span] - departures[span];
        return new ForecastLayer(layer, forecast.Counts[rank], arrivals, departures, counts);
    }
}
