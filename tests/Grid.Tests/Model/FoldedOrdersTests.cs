using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Reference;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Customers with more orders than are kept in detail.</summary>
public sealed class FoldedOrdersTests
{
    private static readonly Window Season = Window.CalendarDays(90, LocalDays.Utc, "90d");
    private static readonly Window Month = Window.Rolling(30 * MillisecondsPer.Day, "30d");

    [Theory]
    [InlineData(600, 0, 600)]
    [InlineData(600, 600, 0)]
    [InlineData(600, 50, 550)]
    [InlineData(512, 0, 512)]
    [InlineData(513, 1, 512)]
    public void OfAmountZeroAreRefundedOnlyByARefund(int orders, int refunded, long counted)
    {
        var book = new OrderBook();
        for (var index = 0; index < orders; index++) book.Apply(Order(Day(index), $"{index}", 0));
        for (var index = 0; index < refunded; index++) book.Apply(Refund(Day(700), $"{index}", null));
        book.Count(Window.All, Day(700)).ShouldBe(orders);
        book.Count(Window.All, Day(700), excludeRefunded: true).ShouldBe(counted);
    }

    [Fact]
    public void AreRefundedOnTheDateOfTheRefund()
    {
        var life = With("less: spend(30d) < 2800\nfull: spend(30d) = 3000");
        life.Take(Day(600), [.. Enumerable.Range(0, 600).Select(index => Order(Day(index + 0.5), $"{index}"))]);
        life.LayerOf("s0").ShouldBe("full");
        life.Take(Day(600), Refund(Day(600), "0", 10_000, "first"), Refund(Day(600), "1", 25_000, "beyond"), Refund(Day(600), "2", null, "rest"));
        life.LayerOf("s0").ShouldBe("less");
        var book = life.Customer.Orders;
        book.Refunded(Month, Day(600)).ShouldBe(30_000);
        book.Refunded(Month, Day(630).Plus(-1)).ShouldBe(30_000);
        book.Refunded(Month, Day(630)).ShouldBe(0);
        book.Refunded(Window.All, Day(630)).ShouldBe(30_000);
        book.NextChange(Month, Day(629.6)).ShouldBe(Day(630));
    }

    [Fact]
    public void AreCountedInWindowsThatReachBeyondTheDetail()
    {
        var book = new OrderBook();
        for (var index = 0; index < 700; index++) book.Apply(Order(Day(index / 50.0), $"{index}", 100));
        book.Count(Month, Day(14)).ShouldBe(700);
        book.Gross(Month, Day(14)).ShouldBe(70_000);
        book.Any(Month, Day(14)).ShouldBeTrue();
        book.NextChange(Month, Day(14)).ShouldBe(Day(30));
    }

    [Fact]
    public void AreCancelledFromTheCancellationOn()
    {
        var book = new OrderBook();
        for (var index = 0; index < 600; index++) book.Apply(Order(Day(index), $"{index}"));
        book.Apply(Cancellation(Day(601), "3")).ShouldBe(FactOutcome.Accepted);
        book.Apply(Cancellation(Day(601), "3")).ShouldBe(FactOutcome.Duplicate);
        book.Count(Window.All, Day(600)).ShouldBe(600);
        book.Count(Window.All, Day(601)).ShouldBe(599);
    }

    [Fact]
    public void ThatAreSentWithAnotherContentAreRejectedOrReplaced()
    {
        var book = new OrderBook();
        for (var index = 0; index < 600; index++) book.Apply(Order(Day(index), $"{index}"));
        book.Apply(Order(Day(5), "5")).Kind.ShouldBe(OutcomeKind.Duplicate);
        book.Apply(Order(Day(5), "5", 99)).Kind.ShouldBe(OutcomeKind.Rejected);
        book.Apply(Order(Day(6.5), "5")).Kind.ShouldBe(OutcomeKind.Duplicate);
        book.Apply(Order(Day(6.5), "5", 99)).Kind.ShouldBe(OutcomeKind.Rejected);
        book.Apply(Order(Day(4.5), "5", 99)).Reason.ShouldNotBeNull();
        book.Gross(Window.All, Day(600)).ShouldBe(599 * 10_000 + 99);
    }

    /// <summary>Against the literal reference, over seeded histories of 513 orders and more: any order of arrival gives the same bytes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EqualTheReferenceInAnyOrderOfArrival(int seed)
    {
        var random = new Random(20261130 + seed);
        for (var history = 0; history < 500; history++) CheckOne(random, $"seed {seed}, history {history}");
    }

    private static void CheckOne(Random random, string name)
    {
        var facts = Facts(random);
        var first = Taken(random, facts);
        Encoded(Taken(random, facts)).ShouldBe(Encoded(first), name);

        // A row whose meaning a call has does not count.
        var calls = facts.OfType<OrderRefunded>().Where(refund => refund.Key != Row(refund)).Select(Row).ToHashSet();
        var counted = facts.Where(fact => fact is not OrderRefunded refund || refund.Key != Row(refund) || !calls.Contains(refund.Key));
        var reference = new ReferenceCustomer(counted);
        foreach (var day in (double[])[10, 300, 640, 655])
        {
            var now = Day(day).Plus(random.Next(1_000_000));
            foreach (var window in (Window[])[Window.All, Month, Window.Rolling(400 * MillisecondsPer.Day, "400d"), Season])
                Compare(first.Orders, reference, window, now, name);
        }
    }

    private static void Compare(OrderBook book, ReferenceCustomer reference, Window window, Instant now, string name)
    {
        var start = window.Start(now);
        var orders = reference.OrdersAt(now.Milliseconds).Where(order => order.At >= start).ToList();
        book.Count(window, now).ShouldBe(orders.Count, name);
        book.Gross(window, now).ShouldBe(orders.Sum(order => order.Amount), name);
        book.Any(window, now).ShouldBe(orders.Count > 0, name);
        if (window.IsAll)
        {
            book.FirstAt(now).ShouldBe(orders.Count == 0 ? null : orders[0].At, name);
            book.LastAt(now).ShouldBe(orders.Count == 0 ? null : orders[^1].At, name);
            book.Count(window, now, excludeRefunded: true).ShouldBe(orders.Count(order => !reference.IsRefunded(order, now.Milliseconds)), name);
        }

        var refunds = reference.RefundsAt(now.Milliseconds).Where(entry => entry.Refund.At >= start).Sum(entry => entry.Counted);
        book.Refunded(window, now).ShouldBe(refunds, name);
        var next = book.NextChange(window, now);
        if (next.IsNever) return;
        var before = next.Plus(-1);
        (book.Count(window, before), book.Gross(window, before), book.Refunded(window, before))
            .ShouldBe((book.Count(window, now), book.Gross(window, now), book.Refunded(window, now)), name);
    }

    private static List<Fact> Facts(Random random)
    {
        var facts = new List<Fact>();
        var orders = random.Next(513, 600);
        for (var index = 0; index < orders; index++)
        {
            var at = Day(random.NextDouble() * 640);
            var amount = random.Next(5) == 0 ? 0 : random.Next(1, 20_000);
            facts.Add(Order(at, $"{index}", amount));

            // A second content of the id: the earlier counts. No order lies between, so that both are in detail or both are folded.
            if (random.Next(40) == 0) facts.Add(new OrderPaid(at.Plus(1), MessageKey.From($"again {index}"), $"{index}", amount + 1));
        }

        for (var index = random.Next(60); index > 0; index--)
        {
            var order = $"{random.Next(orders + 5)}";
            var at = Day(random.NextDouble() * 650);
            long? amount = random.Next(4) == 0 ? null : random.Next(1, 15_000);
            var row = new OrderRefunded(at, RowMeaning.OfRefund(at, order, amount), order, amount);
            if (random.Next(3) != 0) facts.Add(row with { Key = MessageKey.From($"refund {index}") });
            if (random.Next(3) == 0) facts.Add(row);
        }

        for (var index = random.Next(25); index > 0; index--)
            facts.Add(new OrderCancelled(Day(random.NextDouble() * 650), MessageKey.From($"cancel {index}"), $"{random.Next(orders + 2)}"));
        for (var index = random.Next(30); index > 0; index--) facts.Add(facts[random.Next(facts.Count)]);
        return facts;
    }

    private static MessageKey Row(OrderRefunded refund) => RowMeaning.OfRefund(refund.At, refund.OrderId, refund.Amount);

    /// <summary>The customer after the facts in a random order, stored and opened again now and then.</summary>
    private static Customer Taken(Random random, List<Fact> facts)
    {
        var shuffled = facts.ToArray();
        random.Shuffle(shuffled);
        var customer = new Customer();
        foreach (var fact in shuffled)
        {
            customer.Apply(fact);
            if (random.Next(60) == 0) customer = Opened(Encoded(customer));
        }

        return Opened(Encoded(customer));
    }

    internal static Customer Opened(byte[] state)
    {
        var customer = new Customer();
        CustomerCodec.Decode(new CustomerId("c"), state, customer);
        return customer;
    }

    internal static byte[] Encoded(Customer customer)
    {
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        return writer.ToArray();
    }
}
