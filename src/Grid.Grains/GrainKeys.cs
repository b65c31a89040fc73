using Grid.Grains.Baselines;
using Grid.Grains.Customers;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Model.Customers;

namespace Grid.Grains;

/// <summary>How each grain is named, in one place.</summary>
public static class GrainKeys
{
    private const string Only = "grid";

    public static ICustomerGrain Customer(this IGrainFactory grains, CustomerId customer) => grains.GetGrain<ICustomerGrain>(customer.Value);

    /// <summary>One per scheme.</summary>
    public static ISegmentGrain Segment(this IGrainFactory grains, string scheme) => grains.GetGrain<ISegmentGrain>(scheme);

    public static IBaselineGrain Baseline(this IGrainFactory grains) => grains.GetGrain<IBaselineGrain>(Only);

    public static IRulebookGrain Rulebook(this IGrainFactory grains) => grains.GetGrain<IRulebookGrain>(Only);
}
