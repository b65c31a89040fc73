using Grid.Grains.Populations;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Grains.Audits;

/// <summary>Counts the layers in the rows, and compares each row with a fresh evaluation of its facts.</summary>
internal sealed class Recount(ScanContext start) : IPopulationVisitor
{
    private readonly Dictionary<int, long[]?[]> _countsOf = [];

    public Dictionary<string, Dictionary<string, long>> Counts { get; } =
        start.Rules.Rulebook.Schemes.ToDictionary(scheme => scheme.Id, _ => new Dictionary<string, long>());

    public List<string> Examples { get; } = [];

    public long WrongLayers { get; private set; }

    public long Pending { get; private set; }

    public void Visit(CustomerRow row, Customer customer)
    {
        var counts = CountsOf(customer.Rulebook);
        for (var index = 0; index < counts.Length; index++)
            if (counts[index] is { } layers)
                layers[customer.Layers[index].Layer]++;

        if (start.BringUp(row, customer) > 0) Pending++;
        var at = Instant.Max(start.AsOf, customer.EvaluatedAt);
        var schemes = start.Rules.Rulebook.Schemes;
        for (var index = 0; index < schemes.Count; index++)
        {
            if (schemes[index].Agrees(customer.Layers[index], customer, at, start.Rules.Baseline)) continue;
            WrongLayers++;
            if (Examples.Count < GridLimits.AuditExamplesMax) Examples.Add($"{row.Customer} in {schemes[index].Id}");
        }
    }

    /// <summary>Adds the counts of another worker.</summary>
    public void Add(Recount part)
    {
        WrongLayers += part.WrongLayers;
        Pending += part.Pending;
        Examples.AddRange(part.Examples);
        foreach (var (rulebook, schemes) in part._countsOf)
        {
            var layout = start.Rules.Layouts[rulebook];
            for (var index = 0; index < schemes.Length; index++)
            {
                if (schemes[index] is not { } layers) continue;
                var counts = Counts[layout.Schemes[index].Id];
                for (var layer = 0; layer < layers.Length; layer++)
                {
                    var name = layout.Schemes[index].Layers[layer];
                    if (layers[layer] > 0) counts[name] = counts.GetValueOrDefault(name) + layers[layer];
                }
            }
        }
    }

    /// <summary>The fresh counts per scheme of a rulebook that some customers are still under; null for a rulebook no longer in force.</summary>
    private long[]?[] CountsOf(int rulebook)
    {
        if (_countsOf.TryGetValue(rulebook, out var counts)) return counts;
        var layout = start.Rules.Layouts[rulebook];
        counts = [.. layout.Schemes.Select(scheme => Counts.ContainsKey(scheme.Id) ? new long[scheme.Layers.Count] : null)];
        _countsOf.Add(rulebook, counts);
        return counts;
    }
}
