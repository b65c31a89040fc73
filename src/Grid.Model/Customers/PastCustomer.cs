using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// An opened customer as of earlier instants. Orders, activity and plans carry their own instants. A trait or tag that arrived later is removed; the
/// value that it replaced is lost.
/// </summary>
public sealed class PastCustomer
{
    private readonly Attributes _all = new();
    private Customer _customer = null!;
    private bool _isQuiet;

    /// <summary>Starts from the present state of an opened customer.</summary>
    public void Begin(Customer customer)
    {
        _customer = customer;
        _isQuiet = customer.Attributes.Count == 0;
        if (!_isQuiet) _all.Take(customer.Attributes, Instant.Never);
    }

    /// <summary>Reduces the customer to the facts known by an instant, and returns which kinds of facts are lost.</summary>
    public PastLosses See(Instant at)
    {
        var losses = PastLosses.None;
        if (!_isQuiet && _customer.Attributes.Take(_all, at) > 0) losses |= PastLosses.Attributes;
        _customer.Readings.Forget();
        if (at < _customer.Orders.DetailSince) losses |= PastLosses.Orders;
        if (at < _customer.Interactions.DetailSince || at < _customer.Browses.DetailSince) losses |= PastLosses.Activity;
        if (_customer.Points != default && at < _customer.EvaluatedAt) losses |= PastLosses.Points;
        return losses;
    }
}

/// <summary>The kinds of facts that are lost for a customer as of an earlier instant.</summary>
[Flags]
public enum PastLosses
{
    None = 0,

    /// <summary>Orders of that time are folded into lifetime totals.</summary>
    Orders = 1,

    /// <summary>Interactions or views of that time are folded into lifetime totals.</summary>
    Activity = 2,

    /// <summary>A trait, tag, consent, plan or community arrived later; the value it replaced is gone.</summary>
    Attributes = 4,

    /// <summary>Points given or redeemed one by one, of which only the sum is kept.</summary>
    Points = 8,
}
