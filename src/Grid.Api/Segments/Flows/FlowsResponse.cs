using Grid.Grains.Segments;
using Grid.Model.Time;

namespace Grid.Api.Segments.Flows;

/// <summary>Moves by recorded time, in UTC minutes, hours or days.</summary>
/// <param name="Per">minute, hour or day.</param>
/// <param name="Position">Transitions up to this position are counted, none after it.</param>
/// <param name="AsOf">The instant of the request.</param>
/// <param name="KeptFrom">The instant from which flows are kept; a span before it is missing, a span around it is counted in part.</param>
/// <param name="Starts">The begin of each span, the earliest first.</param>
/// <param name="Series">One per pair of layers between which a customer moved.</param>
public sealed record FlowsResponse(
    string Scheme,
    string Per,
    string Position,
    string AsOf,
    string KeptFrom,
    IReadOnlyList<string> Starts,
    IReadOnlyList<FlowCounts> Series)
{
    internal static FlowsResponse From(string scheme, string per, SegmentSnapshot snapshot, FlowStretch requested, Instant now)
    {
        var length = requested.Length;
        var keptFrom = snapshot.KeptFrom[0];
        var first = Math.Max(requested.From, keptFrom) / length * length;
        var spans = (int)Math.Max(0, ((requested.To - first) + length - 1) / length);
        return new FlowsResponse(
            scheme,
            per,
            snapshot.Position,
            now.ToString(),
            new Instant(keptFrom).ToString(),
            [.. Enumerable.Range(0, spans).Select(span => new Instant(first + (span * length)).ToString())],
            [
                .. snapshot.Flows.Where(flow => flow.Start >= first).GroupBy(flow => (flow.From, flow.To))
                    .Select(pair => FlowCounts.Create(pair.Key.From, pair.Key.To, pair, first, length, spans))
                    .OrderByDescending(series => series.Total).ThenBy(series => series.From).ThenBy(series => series.To),
            ]);
    }
}

/// <param name="From">Null for customers who were not in the scheme before.</param>
/// <param name="Counts">One per span.</param>
public sealed record FlowCounts(string? From, string? To, long Total, IReadOnlyList<long> Counts)
{
    internal static FlowCounts Create(string? from, string? to, IEnumerable<Flow> flows, long first, long length, int spans)
    {
        var counts = new long[spans];
        foreach (var flow in flows) counts[(flow.Start - first) / length] += flow.Count;
        return new FlowCounts(from, to, counts.Sum(), counts);
    }
}
