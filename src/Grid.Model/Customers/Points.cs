using Grid.Model.Facts;

namespace Grid.Model.Customers;

/// <summary>
/// Points given one by one, and redemptions. Points given by rules are not stored: they follow from the other facts.
/// <see cref="Evaluation.CustomerDecider"/> decides once, when a redemption arrives, whether the balance covers it; this type only stores it.
/// </summary>
public record struct Points(long Earned, long Redeemed)
{
    public void Apply(PointsChanged changed)
    {
        if (changed.Points >= 0) Earned += Math.Min(changed.Points, long.MaxValue - Earned);
        else Redeemed += Math.Min(-changed.Points, long.MaxValue - Redeemed);
    }
}
