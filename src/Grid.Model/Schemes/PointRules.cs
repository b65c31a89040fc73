using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>
/// What earns points. Earned points follow from the customer's facts: a refund takes points back, and a new rule counts for the past as well. A
/// redemption is decided once, when it arrives; the balance is never below zero.
/// </summary>
public sealed class PointRules
{
    public static readonly PointRules None = new(0, 0, []);

    private readonly long _spend;
    private readonly long _points;
    private readonly (string[] Kind, int Points)[] _interactions;

    /// <param name="spend">For each full amount of lifetime spend less refunds, in minor units; 0: none for orders.</param>
    /// <param name="points">So many points.</param>
    /// <param name="interactions">Points for one interaction, by kind.</param>
    public PointRules(long spend, long points, IReadOnlyList<(string Kind, int Points)> interactions)
    {
        (_spend, _points) = (spend, points);
        _interactions = [.. interactions.Select(rule => (new[] { rule.Kind }, rule.Points))];
        Meaning = string.Join('\u001f', interactions.Select(rule => $"{rule.Kind}={rule.Points}").Prepend($"{spend}:{points}"));
        Reads = FactKinds.Points | (spend > 0 ? FactKinds.Orders : FactKinds.None)
            | (_interactions.Length > 0 ? FactKinds.Interactions : FactKinds.None);
    }

    public FactKinds Reads { get; }

    /// <summary>The whole rule, in one line.</summary>
    internal string Meaning { get; }

    /// <summary>All points ever earned: the growth value.</summary>
    public long Earned(Customer customer, Instant now)
    {
        Int128 earned = customer.Points.Earned;
        if (_spend > 0)
            earned += (Int128)Math.Max(0, (customer.Orders.Gross(Window.All, now) - customer.Orders.Refunded(Window.All, now)) / _spend) * _points;
        foreach (var (kind, points) in _interactions) earned += (Int128)customer.Interactions.Count(kind, Window.All, now) * points;
        return earned > long.MaxValue ? long.MaxValue : (long)earned;
    }

    /// <summary>The balance: points left to redeem.</summary>
    public long Balance(Customer customer, Instant now) => Math.Max(0, Earned(customer, now) - customer.Points.Redeemed);

    /// <summary>The first instant after <paramref name="now"/> at which time alone changes the earned points.</summary>
    public Instant NextChange(Customer customer, Instant now)
    {
        var next = _spend > 0 ? customer.Orders.NextChange(Window.All, now) : Instant.Never;
        foreach (var (kind, _) in _interactions) next = Instant.Min(next, customer.Interactions.NextChange(kind, Window.All, now));
        return next;
    }
}
