using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>The balance of points, or with <paramref name="lifetime"/> all points ever earned (growth).</summary>
public sealed class PointsMetric(bool lifetime, PointRules rules) : Metric
{
    public bool Lifetime => lifetime;

    public override ValueKind Kind => ValueKind.Count;

    public override FactKinds Reads => rules.Reads;

    public override long Value(Customer customer, Instant now, Baseline baseline) =>
        lifetime ? rules.Earned(customer, now) : rules.Balance(customer, now);

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => rules.NextChange(customer, now);
}

/// <summary>Whether consent for a purpose is given.</summary>
public sealed class ConsentMetric(string purpose) : Metric
{
    public string Purpose => purpose;

    public override ValueKind Kind => ValueKind.Truth;

    public override FactKinds Reads => FactKinds.Consents;

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        foreach (ref readonly var consent in customer.Attributes.Consents)
            if (consent.Purpose == purpose)
                return consent.Granted ? 1 : 0;
        return 0;
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => Instant.Never;
}

/// <summary>Whether the customer has joined any community.</summary>
public sealed class CommunityMetric : Metric
{
    public override ValueKind Kind => ValueKind.Truth;

    public override FactKinds Reads => FactKinds.Community;

    public override long Value(Customer customer, Instant now, Baseline baseline) => customer.Attributes.Communities.IsEmpty ? 0 : 1;

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => Instant.Never;
}
