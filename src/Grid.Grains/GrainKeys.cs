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

    /// <summary>The type that Orleans gives <see cref="CustomerGrain"/> by its name.</summary>
    private static readonly GrainType CustomerType = GrainType.Create("customer");

    /// <summary>
    /// A ledger may hold blank ids from before they were refused. Orleans refuses a blank key given as a text but takes it as bytes, and
    /// whoever is stored under one must be woken and erased like everybody else.
    /// </summary>
    public static ICustomerGrain Customer(this IGrainFactory grains, CustomerId customer) => string.IsNullOrWhiteSpace(customer.Value)
        ? grains.GetGrain<ICustomerGrain>(GrainId.Create(CustomerType, IdSpan.Create(customer.Value)))
        : grains.GetGrain<ICustomerGrain>(customer.Value);

    /// <summary>One per scheme.</summary>
    public static ISegmentGrain Segment(this IGrainFactory grains, string scheme) => grains.GetGrain<ISegmentGrain>(scheme);

    public static IBaselineGrain Baseline(this IGrainFactory grains) => grains.GetGrain<IBaselineGrain>(Only);

    public static IRulebookGrain Rulebook(this IGrainFactory grains) => grains.GetGrain<IRulebookGrain>(Only);
}
