using Grid.Grains.Audits;
using Grid.Grains.Customers;
using Grid.Grains.Log;
using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Model.Customers;

namespace Grid.Grains;

/// <summary>How each grain is named, in one place.</summary>
public static class GrainKeys
{
    private const string Only = "grid";

    // Grain types and grain interface types, as Orleans derives them from class names and aliases.
    private static readonly GrainType CustomerType = GrainType.Create("customer");
    private static readonly GrainInterfaceType CustomerInterface = GrainInterfaceType.Create("grid.customer");
    private static readonly GrainType PartitionType = GrainType.Create("partition");
    private static readonly GrainInterfaceType PartitionInterface = GrainInterfaceType.Create("grid.partition");
    private static readonly GrainType SegmentType = GrainType.Create("segment");
    private static readonly GrainInterfaceType SegmentInterface = GrainInterfaceType.Create("grid.segment");

    /// <remarks>
    /// Both types are named because <see cref="IGrainFactory.GetGrain{T}(string, string)"/> reads them from the attributes of the interface
    /// for each reference, and each event makes some. It also refuses a blank key; a ledger may hold blank ids from before they were refused.
    /// </remarks>
    public static ICustomerGrain Customer(this IGrainFactory grains, CustomerId customer) =>
        (ICustomerGrain)grains.GetGrain(GrainId.Create(CustomerType, IdSpan.Create(customer.Value)), CustomerInterface);

    /// <param name="number">From 0 to below <see cref="Ledger.PartitionOf.Count"/>.</param>
    public static IPartitionGrain Partition(this IGrainFactory grains, int number) =>
        (IPartitionGrain)grains.GetGrain(GrainId.Create(PartitionType, GrainIdKeyExtensions.CreateIntegerKey(number)), PartitionInterface);

    /// <summary>One per scheme.</summary>
    public static ISegmentGrain Segment(this IGrainFactory grains, string scheme) =>
        (ISegmentGrain)grains.GetGrain(GrainId.Create(SegmentType, IdSpan.Create(scheme)), SegmentInterface);

    public static IAuditGrain Audit(this IGrainFactory grains) => grains.GetGrain<IAuditGrain>(Only);

    public static IRulesGrain Rules(this IGrainFactory grains) => grains.GetGrain<IRulesGrain>(Only);

    public static ILogReaderGrain LogReader(this IGrainFactory grains) => grains.GetGrain<ILogReaderGrain>(Only);
}
