using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Partitions;

public sealed class PartitionColumnsTests
{
    private readonly PartitionColumns _columns = new();

    public PartitionColumnsTests() => _columns.Use(["spend"], [Layout(1), Layout(2)]);

    [Fact]
    public void ForgetsWhatIsOlderThanWhatItKnows()
    {
        Put("a", version: 3, dueAt: 30, layer: 1);
        Put("a", version: 2, dueAt: 20, layer: 0);

        _columns.NextDue.ShouldBe(new Instant(30));
        Layers().ShouldBe([0, 1]);
    }

    [Fact]
    public void CountsAPersonWhoComesBackAfterAnErasureFromTheFirstVersionOn()
    {
        Put("a", version: 7, dueAt: 70, layer: 1);
        _columns.Put(CommittedCustomer.Erased(new CustomerId("a")));
        _columns.Customers.ShouldBe(0);
        Layers().ShouldBeEmpty();

        Put("a", version: 1, dueAt: 10, layer: 0);

        (_columns.Customers, _columns.NextDue).ShouldBe((1, new Instant(10)));
        Layers().ShouldBe([1, 0]);
    }

    [Fact]
    public void GivesOutWhoIsDueEarliestFirstAndOnce()
    {
        foreach (var (customer, due) in new[] { ("a", 30), ("b", 10), ("c", 20), ("d", 40) }) Put(customer, 1, due, 0);

        _columns.TakeDue(new Instant(30), limit: 2).Select(customer => customer.Value).ShouldBe(["b", "c"]);
        _columns.TakeDue(new Instant(30), limit: 2).Select(customer => customer.Value).ShouldBe(["a"]);
        _columns.TakeDue(new Instant(30), limit: 2).ShouldBeEmpty();
        _columns.Retry(new CustomerId("b"), new Instant(35));
        _columns.NextDue.ShouldBe(new Instant(35));
    }

    [Fact]
    public void TakesACustomerBackWhoWasWokenForNothing()
    {
        Put("a", version: 1, dueAt: 30, layer: 0);
        _columns.TakeDue(new Instant(30), limit: 1);
        Put("a", version: 1, dueAt: 30, layer: 0);
        _columns.NextDue.ShouldBe(Instant.Never);

        _columns.Restore(Head("a", version: 1, dueAt: 30, layer: 0));

        _columns.NextDue.ShouldBe(new Instant(30));
    }

    [Fact]
    public void KnowsAMeasureOnlyWhenEveryRulebookOfItsCustomersProjectsIt()
    {
        Put("a", 1, 10, 0, rulebook: 1);
        _columns.EndFilling();
        _columns.Knows("spend").ShouldBeTrue();

        _columns.Use(["spend", "orders"], [Layout(1), Layout(2)]);
        _columns.Knows("orders").ShouldBeFalse();
        _columns.BeginReading("orders");
        _columns.PutRead("orders", new CustomerId("a"), 5);
        _columns.EndReading("orders");

        _columns.Knows("orders").ShouldBeTrue();
        _columns.Values("orders", withCustomers: true).ShouldSatisfyAllConditions(
            values => values.Values.ShouldBe([5]), values => values.Customers.ShouldBe(["a"]));
    }

    [Fact]
    public void FindsWhoIsBehindARulebook()
    {
        Put("a", 1, 10, 0, rulebook: 1);
        Put("b", 1, 10, 0, rulebook: 2);

        _columns.Behind(2, limit: 10).Select(customer => customer.Value).ShouldBe(["a"]);
        _columns.CustomersByRulebook.ShouldBe(new Dictionary<int, int> { [1] = 1, [2] = 1 }, ignoreOrder: true);
    }

    private void Put(string customer, long version, long dueAt, byte layer, int rulebook = 1) =>
        _columns.Put(Head(customer, version, dueAt, layer, rulebook));

    private static CommittedCustomer Head(string customer, long version, long dueAt, byte layer, int rulebook = 1) =>
        new(new CustomerId(customer), version, new Instant(dueAt), [version], new LayerAssignments(rulebook, [layer]));

    private IEnumerable<long> Layers() =>
        _columns.Counts("lifecycle", new Dictionary<int, RulebookLayout> { [1] = Layout(1) })
            .SelectMany(counts => counts.Layers.Select(layer => layer.Count));

    private static RulebookLayout Layout(int number) => new(number, [new SchemeLayout("lifecycle", ["new", "lost"])]) { Measures = ["spend"] };
}
