using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger;

public sealed class PartitionOfTests
{
    /// <summary>The partition of an id is stored on disk, so it must never change.</summary>
    [Theory]
    [InlineData("ada", 0x8c % 64)]
    [InlineData("用户", 0x1f % 64)]
    [InlineData("user-00000001", 0x42 % 64)]
    public void IsTheFirstByteOfMd5(string id, int partition) => PartitionOf.Customer(new CustomerId(id)).ShouldBe(partition);

    [Fact]
    public void LongIdHasAPartitionToo() =>
        PartitionOf.Customer(new CustomerId(new string('用', 5_000))).ShouldBeInRange(0, PartitionOf.Count - 1);

    [Fact]
    public void IdsAreSpreadEvenly()
    {
        var sizes = Enumerable.Range(0, 64_000).CountBy(n => PartitionOf.Customer(new CustomerId($"customer-{n}"))).ToArray();
        sizes.Length.ShouldBe(PartitionOf.Count);
        sizes.ShouldAllBe(size => size.Value > 850 && size.Value < 1_150);
    }
}
