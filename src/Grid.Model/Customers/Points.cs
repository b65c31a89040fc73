using Grid.Model.Facts;

namespace Grid.Model.Customers;

/// <summary>Points ever earned and ever redeemed. Redeeming is a command, decided once, when it comes: the balance never falls below zero.</summary>
public record struct Points(long Earned, long Redeemed)
{
    public readonly long Balance => Earned - Redeemed;

    public FactOutcome Apply(PointsChanged changed)
    {
        if (changed.Points >= 0) Earned += Math.Min(changed.Points, long.MaxValue - Earned);
        else if (Balance < -changed.Points) return FactOutcome.Rejected($"the customer has {Balance} points");
        else Redeemed -= changed.Points;
        return FactOutcome.Accepted;
    }
}
