using Grid.Grains.Populations;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Grains.Previews;

/// <summary>Reads measures that the rows do not project: those of a rulebook that is not in force.</summary>
internal sealed class MeasureReadings(ScanContext start, IReadOnlyList<Measure> measures) : IPopulationVisitor
{
    private readonly List<(CustomerId Customer, long Value)>[] _values = [.. measures.Select(_ => new List<(CustomerId, long)>())];

    /// <summary>The values of this visitor's customers who are in the population of a measure.</summary>
    public IReadOnlyList<(CustomerId Customer, long Value)> this[int measure] => _values[measure];

    public void Visit(CustomerRow row, Customer customer)
    {
        start.BringUp(row, customer);
        var at = Instant.Max(start.AsOf, customer.EvaluatedAt);
        for (var index = 0; index < measures.Count; index++)
            if (measures[index].Value(customer, at) is var value && value != Measure.Absent)
                _values[index].Add((row.Customer, value));
    }
}
