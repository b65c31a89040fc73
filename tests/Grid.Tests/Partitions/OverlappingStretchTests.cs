using Grid.Grains;
using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Partitions;

/// <summary>A stretch of two lanes that begins before the position of a partition and, in the second lane, ends after it.</summary>
public sealed class OverlappingStretchTests
{
    private static readonly CustomerId Back = new("back");
    private static readonly CustomerId New = new(Enumerable.Range(0, 100_000).Select(number => $"new {number}")
        .First(id => PartitionOf.Customer(new CustomerId(id)) == PartitionOf.Customer(Back)));

    [Fact]
    public async Task DoesNotRepeatAnErasureBeforeThePosition()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order(Back.Value);
        await grid.Reached();
        var partition = grid.Of<IGrainFactory>().Partition(PartitionOf.Customer(Back));
        var head = CommittedCustomer.From(Back, (await grid.Ledger.Load(Back, CancellationToken.None))!.State);
        var stretch = new StretchBuilder();
        stretch.Add(new CommittedBatch(0, 1, 0, []), CommittedCustomer.Erased(Back));
        stretch.Add(new CommittedBatch(1, 1, 0, []), head with { Customer = New });

        await partition.Apply(stretch.Between(CommitPosition.Start, new CommitPosition(1, 1)));

        (await partition.Status()).Customers.ShouldBe(2);
    }
}
