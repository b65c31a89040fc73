using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>
/// What makes one simulated shop differ from another. The same options give the same events, message ids included; a shop with any
/// option changed is another shop, and must not continue the first one's data.
/// </summary>
internal sealed record ShopOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>The end of the shop's past: from here on customers join at <see cref="ArrivalsPerDay"/>.</summary>
    public required Instant StartAt { get; init; }

    /// <summary>Customers who joined during the <see cref="PastDays"/> before <see cref="StartAt"/>; delivered first.</summary>
    public int InitialCustomers { get; init; } = 2_000;

    public int PastDays { get; init; } = 12 * 7;

    public double ArrivalsPerDay { get; init; } = 25;

    /// <summary>Before this instant nothing happens; a demo's clock may start here to live through the past as well.</summary>
    public Instant OpensAt => StartAt.Plus(-PastDays * MillisecondsPer.Day);
}
