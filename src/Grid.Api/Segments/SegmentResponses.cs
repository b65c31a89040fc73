using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Model.Time;

namespace Grid.Api.Segments;

/// <summary>The live counts of all schemes at one position of the log.</summary>
public sealed record SegmentsResponse(string Position, string AsOf, long Population, IReadOnlyList<SchemeShares> Schemes);

public sealed record SchemeShares(string Scheme, IReadOnlyList<LayerShare> Counts);

/// <param name="Share">Of all customers, from 0 to 1.</param>
public sealed record LayerShare(string Layer, long Count, double Share)
{
    internal static List<LayerShare> From(SchemeCounts scheme)
    {
        var shares = new List<LayerShare>(scheme.Counts.Length);
        for (var layer = 0; layer < scheme.Counts.Length; layer++)
        {
            var count = scheme.Counts[layer];
            shares.Add(new LayerShare(
                scheme.Scheme.Layers[layer], count, scheme.Population == 0 ? 0 : (double)count / scheme.Population));
        }

        return shares;
    }
}

/// <param name="ByRulebook">The counts per rulebook while customers migrate to a new one; else empty.</param>
public sealed record SegmentResponse(
    string Scheme,
    string Position,
    string AsOf,
    long Population,
    IReadOnlyList<LayerShare> Counts,
    SegmentFlows Flows,
    IReadOnlyList<RulebookShare> ByRulebook);

/// <param name="Customers">All customers under this rulebook; the counts of its layers add up to it.</param>
public sealed record RulebookShare(int Rulebook, int Customers, IReadOnlyList<LayerCount> Counts)
{
    internal static async Task<IReadOnlyList<RulebookShare>> From(Population population, CurrentRules rules, string scheme)
    {
        var counts = await population.Counts(scheme);
        return counts.Count == 1 && counts[0].Rulebook == rules.Value.Rulebook.Number
            ? []
            :
            [
                .. counts.OrderBy(one => one.Rulebook).Select(one => new RulebookShare(
                    one.Rulebook, one.Customers, [.. one.Layers.Select(layer => new LayerCount(layer.Layer, layer.Count))])),
            ];
    }
}

/// <summary>
/// Transitions by recorded time. Spans count whole minutes (a day: whole hours) and include the present one, so that each covers up to one such unit
/// more than its name says.
/// </summary>
public sealed record SegmentFlows(IReadOnlyList<LayerFlow> Minute, IReadOnlyList<LayerFlow> Hour, IReadOnlyList<LayerFlow> Day)
{
    /// <summary>The flows to request from a segment, whose spans are summed.</summary>
    internal static FlowStretch[] Needs(Instant now) =>
    [
        new(MillisecondsPer.Minute, now.Milliseconds - MillisecondsPer.Hour + 1, now.Milliseconds + 1),
        new(MillisecondsPer.Hour, now.Milliseconds - MillisecondsPer.Day + 1, now.Milliseconds + 1),
    ];

    internal static SegmentFlows From(IReadOnlyList<Flow> flows, Instant now) => new(
        Within(flows, now, MillisecondsPer.Minute, MillisecondsPer.Minute),
        Within(flows, now, MillisecondsPer.Hour, MillisecondsPer.Minute),
        Within(flows, now, MillisecondsPer.Day, MillisecondsPer.Hour));

    private static List<LayerFlow> Within(IReadOnlyList<Flow> flows, Instant now, long span, long length) =>
    [
        .. flows.Where(flow => flow.Length == length && flow.Start + length > now.Milliseconds - span && flow.Start <= now.Milliseconds)
            .GroupBy(flow => (flow.From, flow.To))
            .Select(group => new LayerFlow(group.Key.From, group.Key.To, group.Sum(flow => flow.Count)))
            .OrderByDescending(flow => flow.Count).ThenBy(flow => flow.From).ThenBy(flow => flow.To),
    ];
}

/// <param name="From">Null for customers who were not in the scheme before.</param>
/// <param name="To">Null for customers who are not in it any more.</param>
public sealed record LayerFlow(string? From, string? To, long Count);
