using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Ledger;

namespace Grid.Grains.Partitions;

/// <summary>The services that every partition of a silo needs, held once.</summary>
/// <param name="Machine">The time of rests and retries; <paramref name="Clock"/> is the grid's.</param>
public sealed record PartitionServices(
    ILedger Ledger,
    IGrainFactory Grains,
    CurrentRules Rules,
    LocalPartitions Local,
    InFlightEvents Events,
    GridClock Clock,
    MeasureCache Measures,
    GridPace Pace,
    PartitionTurns Turns,
    IdleCustomers Idle,
    TimeProvider Machine);

/// <summary>The locks that the partitions of a silo share.</summary>
public sealed class PartitionTurns : IDisposable
{
    /// <summary>Limits the customers that all partitions of the silo wake concurrently.</summary>
    public SemaphoreSlim Wakes { get; } = new(GridLimits.AdvancesMax, GridLimits.AdvancesMax);

    /// <summary>Lets one partition at a time move customers to a new rulebook, so that events find room.</summary>
    public SemaphoreSlim Migrations { get; } = new(1, 1);

    public void Dispose()
    {
        Wakes.Dispose();
        Migrations.Dispose();
    }
}
