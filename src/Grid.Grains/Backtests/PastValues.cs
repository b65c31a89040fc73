using Grid.Grains.Populations;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Grains.Backtests;

/// <summary>Reads the values of measures at past instants.</summary>
internal sealed class PastValues(IReadOnlyList<Derivation> derivations) : IPopulationVisitor
{
    private readonly PastCustomer _past = new();
    private readonly List<long>[] _values = [.. derivations.Select(_ => new List<long>())];
    private readonly List<CustomerId>[] _customers = [.. derivations.Select(_ => new List<CustomerId>())];

    public void Visit(CustomerRow row, Customer customer)
    {
        _past.Begin(customer);
        var seen = Instant.Beginning;
        for (var index = 0; index < derivations.Count; index++)
        {
            var (measure, at) = derivations[index];
            if (customer.JoinedAt > at) continue;
            if (at != seen) _past.See(at);
            seen = at;
            if (measure.Value(customer, at) is not (var value and not Measure.Absent)) continue;
            _values[index].Add(value);
            if (Ranking.NeedsCustomers(measure)) _customers[index].Add(row.Customer);
        }
    }

    public static Cutoffs Derive(IReadOnlyList<PastValues> parts, int index, Derivation derivation, IReadOnlyList<int> tops) => Ranking.Compute(
        derivation.Measure,
        [.. parts.SelectMany(part => part._values[index])],
        [.. parts.SelectMany(part => part._customers[index])],
        tops,
        derivation.At);
}
