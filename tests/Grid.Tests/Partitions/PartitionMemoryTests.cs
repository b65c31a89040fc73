using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Partitions;

/// <summary>Measures the memory of the whole process: concurrent tests would be counted too.</summary>
[CollectionDefinition(nameof(PartitionMemoryTests), DisableParallelization = true)]
[Collection(nameof(PartitionMemoryTests))]
public sealed class PartitionMemoryTests
{
    [Fact]
    public void TakesAtMost150BytesACustomerBesideItsId()
    {
        const int customers = 100_000;
        var measures = Enumerable.Range(0, 9).Select(number => $"m{number}").ToList();
        var schemes = Enumerable.Range(0, 21).Select(number => new SchemeLayout($"s{number}", ["low", "high"]));
        var layout = new RulebookLayout(1, [.. schemes]) { Measures = measures };
        var ids = Enumerable.Range(0, customers).Select(number => new CustomerId($"customer-{number}")).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var columns = new PartitionColumns();
        columns.Use(measures, [layout]);
        foreach (var id in ids) columns.Put(new CommittedCustomer(id, 1, new Instant(5), new long[9], new LayerAssignments(1, new byte[21])));

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)customers;

        each.ShouldBeLessThan(150);
        GC.KeepAlive(columns);
        GC.KeepAlive(ids);
    }
}
