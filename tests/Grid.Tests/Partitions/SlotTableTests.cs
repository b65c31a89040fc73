using Grid.Grains.Partitions;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Partitions;

public sealed class SlotTableTests
{
    [Fact]
    public void FindsEveryoneThroughAdditionsAndRemovals()
    {
        var random = new Random(11);
        var table = new SlotTable();
        var known = new Dictionary<string, int>();
        for (var step = 0; step < 50_000; step++)
        {
            var id = new CustomerId($"c{random.Next(2_000)}");
            if (random.Next(3) == 0)
            {
                table.Remove(id).ShouldBe(known.Remove(id.Value, out var freed) ? freed : SlotTable.None);
            }
            else if (table.Find(id) is SlotTable.None)
            {
                known.ContainsKey(id.Value).ShouldBeFalse();
                known.Add(id.Value, table.Add(id));
            }
            else
            {
                table.Find(id).ShouldBe(known[id.Value]);
            }
        }

        table.Count.ShouldBe(known.Count);
        known.Values.Distinct().Count().ShouldBe(known.Count, "no two share a slot");
        foreach (var (id, slot) in known)
        {
            table.Find(new CustomerId(id)).ShouldBe(slot);
            table[slot].ShouldBe(id);
        }
    }

    [Fact]
    public void KeepsNobodyAfterItIsCleared()
    {
        var table = new SlotTable();
        for (var customer = 0; customer < 100; customer++) table.Add(new CustomerId($"c{customer}"));

        table.Clear();

        (table.Count, table.Used, table.Find(new CustomerId("c5"))).ShouldBe((0, 0, SlotTable.None));
        table.Add(new CustomerId("c5")).ShouldBe(0);
    }
}
