using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

public sealed class EncodedCustomerTests(ITestOutputHelper output)
{
    [Fact]
    public void WithTenOrdersStaysSmall()
    {
        var life = Begun();
        Trait[] traits = [Text("city", "Shanghai"), Text("gender", "female"), Text("channel", "wecom")];
        life.Take(Start, new TraitsSet(Start, MessageKey.From("traits"), traits));
        for (var index = 0; index < 10; index++)
        {
            var at = Day(index * 9.37);
            var key = MessageKey.From($"message {index}");
            life.Take(at, new OrderPaid(at, key, $"2026{index:00000000}", 12_900 + index, "skincare", "mini-program"));
        }

        output.WriteLine($"{life.State!.Length} bytes with 10 orders, 3 traits and {life.Rules.Rulebook.Schemes.Count} schemes");
        life.State.Length.ShouldBeLessThanOrEqualTo(768);
    }

    private static Trait Text(string name, string value) => new(name, TraitValue.OfText(value));
}

public sealed class LongHistoryTests
{
    [Fact]
    public void OfOrdersKeepsLifetimeTotals()
    {
        var life = With("all: { all: [\"orders = 600\", \"spend = 60000\", \"firstOrder >= 500d\"] }");
        foreach (var order in Orders(600)) life.Take(order.At, order);
        var book = life.Customer.Orders;
        book.Orders.Length.ShouldBe(Limits.OrdersDetailedMax);
        book.Folded.Length.ShouldBe(600 - Limits.OrdersDetailedMax);
        book.DetailSince.ShouldBe(Day(600 - Limits.OrdersDetailedMax));
        life.LayerOf("s0").ShouldBe("all");
    }

    [Fact]
    public void OfOrdersIsTheSameInAnyOrder()
    {
        var orders = Orders(560);
        var shuffled = (OrderPaid[])orders.Clone();
        new Random(7).Shuffle(shuffled);
        var inOrder = With("many: orders >= 2");
        var inDisorder = With("many: orders >= 2");
        inOrder.Take(Day(600), orders);
        foreach (var chunk in shuffled.Chunk(50)) inDisorder.Take(Day(600), chunk);
        Life.Essence(inDisorder.State!).ShouldBe(Life.Essence(inOrder.State!));
    }

    [Fact]
    public void OfOrdersStillKnowsEachOfThem()
    {
        var life = With("many: orders >= 2");
        var orders = Orders(520);
        life.Take(Day(520), orders);
        life.Take(Day(520), orders).Outcomes.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Duplicate);
        life.Take(Day(520), Refund(Day(520), "1", 4_000)).Outcomes.ShouldBe([FactOutcome.Accepted]);
        life.Take(Day(520), Refund(Day(520), "1", 4_000)).Outcomes.ShouldBe([FactOutcome.Duplicate]);
        OrderSums.Refunded(life.Customer.Orders, Window.All, Day(520)).ShouldBe(4_000);
    }

    [Fact]
    public void OfRefundsIsStillKnownWhenTheirOrdersAreFolded()
    {
        var life = With("many: orders >= 2");
        var refund = Refund(Day(2), "1", 4_000);
        life.Take(Day(2), Order(Day(1), "1"), refund);
        life.Take(Day(700), [.. Orders(600).Skip(2)]);
        life.Customer.Orders.Refunds[0].IsFolded.ShouldBeTrue();
        life.Take(Day(700), refund).Outcomes.ShouldBe([FactOutcome.Duplicate]);
        OrderSums.Refunded(life.Customer.Orders, Window.All, Day(700)).ShouldBe(4_000);
    }

    [Fact]
    public void OfInteractionsKeepsLifetimeTotals()
    {
        var life = With("all: interactions = 2500\nrecent: interactions = 1");
        life.Take(Day(400), [.. Hours(2_500)]);
        life.Customer.Interactions.Buckets.Length.ShouldBe(Limits.HourBucketsMax);
        life.Customer.Interactions.Totals.ToArray().Sum(total => total.Count).ShouldBe(2_500 - Limits.HourBucketsMax);
        life.LayerOf("s0").ShouldBe("all");
    }

    [Fact]
    public void OfInteractionsRefusesTooManyKindsButLosesNone()
    {
        var life = With("many: interactions >= 2");
        life.Take(Day(400), [.. Hours(Limits.HourBucketsMax + 1, index => $"kind {index % Limits.KindsMax}")]);
        var old = new Interacted(Start.Plus(-MillisecondsPer.Day), MessageKey.From("old"), "a kind too many");
        life.Take(Day(400), old).Outcomes[0].Kind.ShouldBe(OutcomeKind.Rejected);
        var recent = new Interacted(Day(400), MessageKey.From("new"), "a kind too many");
        life.Take(Day(400), recent).Outcomes[0].Kind.ShouldBe(OutcomeKind.Rejected);
    }

    private static OrderPaid[] Orders(int count) =>
        [.. Enumerable.Range(0, count).Select(index => Order(Day(index), $"{index}"))];

    private static IEnumerable<Fact> Hours(int count, Func<int, string>? kind = null) =>
        Enumerable.Range(0, count).Select(index =>
        {
            var at = Start.Plus(index * MillisecondsPer.Hour);
            return new Interacted(at, MessageKey.From($"message {index}"), kind?.Invoke(index) ?? "comment-added");
        });
}

public sealed class FullCustomerTests
{
    [Fact]
    public void RejectsOneMoreTag() =>
        RejectsAfter(Limits.TagsMax, index => new TagChanged(Start, Key(index), $"tag {index}", true, Instant.Never));

    [Fact]
    public void RejectsOneMoreTrait() =>
        RejectsAfter(Limits.TraitsMax, index => new TraitsSet(Start, Key(index), [Text($"trait {index}", "value")]));

    [Fact]
    public void RejectsOneMoreConsent() =>
        RejectsAfter(Limits.ConsentsMax, index => new ConsentChanged(Start, Key(index), $"purpose {index}", true));

    [Fact]
    public void RejectsOneMorePlan() => RejectsAfter(Limits.PlansMax, index => new PlanPurchased(Start, Key(index), "gold", Day(1)));

    [Fact]
    public void RejectsOneMoreCommunity() =>
        RejectsAfter(Limits.CommunitiesMax, index => new CommunityJoined(Start, Key(index), $"group {index}", null));

    [Fact]
    public void RejectsOneMoreRefund() => RejectsAfter(Limits.RefundsMax, index => new OrderRefunded(Start, Key(index), $"{index}", 1));

    [Fact]
    public void RejectsOneMoreCancellation() => RejectsAfter(Limits.RefundsMax, index => new OrderCancelled(Start, Key(index), $"{index}"));

    [Fact]
    public void RejectsToRedeemMorePointsThanItHas()
    {
        var life = Begun();
        life.Take(Start, new PointsChanged(Start, Key(1), 50));
        life.Take(Start, new PointsChanged(Start, Key(2), -60)).Outcomes[0].Reason.ShouldRead("60 points were to be redeemed, but the customer has 50");
        life.Take(Start, new PointsChanged(Start, Key(3), -20)).Outcomes[0].Kind.ShouldBe(OutcomeKind.Accepted);
        (life.Customer.Points.Earned - life.Customer.Points.Redeemed).ShouldBe(30);
    }

    private static void RejectsAfter(int limit, Func<int, Fact> fact)
    {
        var life = Begun();
        var accepted = life.Take(Start, [.. Enumerable.Range(0, limit).Select(fact)]).Outcomes;
        accepted.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Accepted);
        var state = life.State;
        var outcome = life.Take(Start, fact(limit)).Outcomes.ShouldHaveSingleItem();
        outcome.Kind.ShouldBe(OutcomeKind.Rejected);
        $"{outcome.Reason}".ShouldNotBeNullOrWhiteSpace();
        life.State.ShouldBe(state);
        life.Take(Start, fact(0)).Outcomes[0].Kind.ShouldBe(OutcomeKind.Duplicate);
    }

    private static Trait Text(string name, string value) => new(name, TraitValue.OfText(value));

    private static MessageKey Key(int index) => MessageKey.From($"message {index}");
}
