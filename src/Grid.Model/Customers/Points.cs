using Grid.Model.Facts;

namespace Grid.Model.Customers;

/// <summary>
/// Points given one by one, and redeemed; those that rules give follow from the other facts. Whether a redemption can be had is decided
/// once, by the turn that takes it; here it is only kept.
/// </summary>
public record struct Points(long Earned, long Redeemed)
{
    public void Apply(PointsChanged changed)
    {
        if (changed.Points >= 0) Earned += Math.Min(changed.Points, long.MaxValue - Earned);
        else Redeemed += Math.Min(-changed.Points, long.MaxValue - Redeemed);
    }
}
