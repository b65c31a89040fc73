using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Transitions;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

public sealed class RefundWithoutAmountTests
{
    [Fact]
    public void WaitsForItsOrder()
    {
        var life = With("debt: spend < 0\npaid: spend >= 1");
        life.Take(Day(2), Refund(Day(2), "a", null));
        life.LayerOf("s0").ShouldBe("rest");
        life.Take(Day(3), Order(Day(1), "a"));
        life.LayerOf("s0").ShouldBe("rest");
        life.Customer.Orders.Refunds[0].Counted.ShouldBe(10_000);
    }

    [Fact]
    public void TakesWhatEarlierRefundsLeft()
    {
        var life = With("paid: spend >= 1");
        life.Take(Day(3), Order(Day(1), "a"), Refund(Day(3), "a", null, "second"), Refund(Day(2), "a", 4_000, "first"));
        life.Customer.Orders.Refunds.ToArray().Select(refund => refund.Counted).ShouldBe([4_000L, 6_000L]);
    }
}

public sealed class RefundBeyondTheOrderTests
{
    [Fact]
    public void CountsOnlyWhatWasPaid()
    {
        var life = With("debt: spend < 0\nquits: spend = 0");
        life.Take(Day(2), Order(Day(1), "a"), Refund(Day(2), "a", 25_000));
        life.LayerOf("s0").ShouldBe("quits");
        life.Customer.Orders.Refunds[0].ShouldSatisfyAllConditions(
            refund => refund.Amount.ShouldBe(25_000),
            refund => refund.Counted.ShouldBe(10_000));
    }

    [Fact]
    public void IsBookedWholeWhileItsOrderIsUnknown()
    {
        var life = With("debt: spend < -200");
        life.Take(Day(2), Refund(Day(2), "a", 25_000));
        life.LayerOf("s0").ShouldBe("debt");
        life.Take(Day(3), Order(Day(1), "a"));
        life.LayerOf("s0").ShouldBe("rest");
    }
}

public sealed class CancelledOrderTests
{
    [Fact]
    public void NoLongerCounts()
    {
        var life = Begun();
        life.Take(Day(1), Order(Day(1), "a"));
        life.LayerOf("journey").ShouldBe("first");
        life.Take(Day(2), Cancellation(Day(2), "a"));
        life.LayerOf("journey").ShouldBe("new");
        life.Transitions.Last(transition => transition.Scheme == "journey").Direction.ShouldBe(Direction.Downgrade);
    }

    [Fact]
    public void NeverCountedWhenTheCancellationCameFirst()
    {
        var life = Begun();
        life.Take(Day(2), Cancellation(Day(2), "a"));
        life.Take(Day(3), Order(Day(1), "a"));
        life.LayerOf("journey").ShouldBe("new");
    }
}

public sealed class FutureOrderTests
{
    [Fact]
    public void CountsWhenItsTimeComes()
    {
        var life = Begun();
        life.Take(Start, Order(Day(0.5), "a"));
        life.LayerOf("journey").ShouldBe("new");
        life.DueAt.ShouldBe(Day(0.5));
        life.Take(Day(3));
        life.LayerOf("journey").ShouldBe("first");
        life.Transitions.Last(transition => transition.Scheme == "journey").ShouldSatisfyAllConditions(
            transition => transition.EffectiveAt.ShouldBe(Day(0.5)),
            transition => transition.Cause.ShouldBe(new Cause(CauseKind.Time)));
    }

    [Fact]
    public void FurtherThanADayIsRejected()
    {
        var life = Begun();
        life.Take(Start, Order(Day(1), "a")).Outcomes[0].Kind.ShouldBe(OutcomeKind.Accepted);
        var rejected = life.Take(Start, Order(Day(1).Plus(1), "b"));
        rejected.Outcomes[0].Kind.ShouldBe(OutcomeKind.Rejected);
        rejected.Outcomes[0].Reason.ShouldRead("the event is more than 24 hours in the future");
        rejected.Change.ShouldBeNull();
    }
}

public sealed class LateOrderTests
{
    [Fact]
    public void SaysSo()
    {
        var life = Begun();
        life.Take(Day(10), Order(Day(10), "a"));
        life.Take(Day(20), Order(Day(5), "b"));
        life.LayerOf("journey").ShouldBe("repeat");
        life.Transitions.Last(transition => transition.Scheme == "journey").ShouldSatisfyAllConditions(
            transition => transition.Cause.ShouldBe(new Cause(CauseKind.LateEvent)),
            transition => transition.EffectiveAt.ShouldBe(Day(20)));
        life.Customer.Orders.Orders[0].At.ShouldBe(Day(5));
    }

    [Fact]
    public void DelayedButInOrderIsNotLate()
    {
        var life = Begun();
        life.Take(Day(10), Order(Day(10), "a"));
        life.Take(Day(20), Order(Day(12), "b"));
        life.Transitions.Last(transition => transition.Scheme == "journey").ShouldSatisfyAllConditions(
            transition => transition.Cause.ShouldBe(new Cause(CauseKind.Event)),
            transition => transition.EffectiveAt.ShouldBe(Day(12)));
    }

    [Fact]
    public void DoesNotMakeThoseThatCameWithItLate()
    {
        var life = With("three: orders >= 3\ntwo: orders >= 2");
        life.Take(Day(10), Order(Day(10), "a"));
        life.Take(Day(20), Order(Day(12), "c"), Order(Day(5), "b"));
        life.Transitions[^2].Cause.ShouldBe(new Cause(CauseKind.LateEvent));
        life.Transitions[^1].ShouldSatisfyAllConditions(
            transition => transition.To.ShouldBe("three"),
            transition => transition.Cause.ShouldBe(new Cause(CauseKind.Event)),
            transition => transition.EffectiveAt.ShouldBe(Day(20)));
    }
}

public sealed class OrderOfTwoContentsTests
{
    private static readonly OrderPaid Early = new(Day(1), MessageKey.From("early"), "a", 1_000);
    private static readonly OrderPaid Later = new(Day(2), MessageKey.From("later"), "a", 2_000);

    [Fact]
    public void IsTheEarlierWhoeverCameFirst()
    {
        foreach (var facts in new Fact[][] { [Early, Later], [Later, Early] })
        {
            var life = Begun();
            foreach (var fact in facts) life.Take(Day(3), fact);
            life.Customer.Orders.Orders.ToArray().ShouldHaveSingleItem().Amount.ShouldBe(1_000);
        }
    }

    [Fact]
    public void IsADuplicateTheSecondTime()
    {
        var life = Begun();
        life.Take(Day(1), Order(Day(1), "a"));
        var again = life.Take(Day(2), Order(Day(1), "a"));
        again.Outcomes.ShouldBe([FactOutcome.Duplicate]);
        again.Change.ShouldBeNull();
    }

    /// <summary>What comes after an order of 10,000 minor units on day 5, and the outcome.</summary>
    public static TheoryData<double, long, string, OutcomeKind> Seconds => new()
    {
        { 5, 10_000, "order a", OutcomeKind.Duplicate },
        { 5, 10_000, "another message", OutcomeKind.Duplicate },
        { 7, 99, "order a", OutcomeKind.Duplicate },
        { 6, 10_000, "another message", OutcomeKind.Duplicate },
        { 6, 20_000, "another message", OutcomeKind.Rejected },
        { 6, 0, "another message", OutcomeKind.Rejected },
        { 4, 10_000, "another message", OutcomeKind.Duplicate },
        { 4, 20_000, "another message", OutcomeKind.Accepted },
    };

    [Theory]
    [MemberData(nameof(Seconds))]
    public void IsRejectedWhereItIsNotEqualAndNotEarlier(double day, long amount, string message, OutcomeKind kind)
    {
        var life = Begun();
        life.Take(Day(5), Order(Day(5), "a"));
        var outcome = life.Take(Day(9), new OrderPaid(Day(day), MessageKey.From(message), "a", amount)).Outcomes.ShouldHaveSingleItem();
        outcome.Kind.ShouldBe(kind, $"{outcome.Reason}");
        if (kind == OutcomeKind.Duplicate) outcome.Reason.ShouldBeNull();
        else outcome.Reason.ShouldNotBeNull().ToString().ShouldContain("10000 minor units at 2026-01-06T00:00:00.000Z");
        life.Customer.Orders.Orders.ToArray().ShouldHaveSingleItem().At.ShouldBe(Day(Math.Min(day, 5)));
    }

    [Fact]
    public void NamesBothContents()
    {
        var life = Begun();
        life.Take(Day(3), Early);
        life.Take(Day(3), Later).Outcomes[0].Reason.ShouldRead(
            "order 'a' is known with another content: 1000 minor units at 2026-01-02T00:00:00.000Z, not 2000 at 2026-01-03T00:00:00.000Z; "
            + "the earlier one counts");
        var other = Begun();
        other.Take(Day(3), Later);
        other.Take(Day(3), Early).Outcomes[0].ShouldBe(FactOutcome.Accepted with
        {
            Reason = ReasonCatalogue.Parse(
                "order 'a' was known with another content: 2000 minor units at 2026-01-03T00:00:00.000Z; this one is earlier and counts instead"),
        });
    }
}

/// <summary>Facts of imported rows, whose keys are their meanings.</summary>
public sealed class ImportedRowTests
{
    [Fact]
    public void OfARefundCountsOnceBesideTheCallThatSaysTheSame()
    {
        var row = new OrderRefunded(Day(2), RowMeaning.OfRefund(Day(2), "a", 500), "a", 500);
        foreach (var facts in new Fact[][] { [row, Call("1")], [Call("1"), row], [row, row, Call("1")], [Call("1"), row, row] })
        {
            var life = Begun();
            life.Take(Day(1), Order(Day(1), "a"));
            FactOutcome[] outcomes = [.. facts.Select(fact => life.Take(Day(3), fact).Outcomes[0])];
            outcomes.ShouldBe([FactOutcome.Accepted, .. Enumerable.Repeat(FactOutcome.Duplicate, facts.Length - 1)]);
            life.Customer.Orders.Refunds.ToArray().ShouldHaveSingleItem().Key.ShouldBe(MessageKey.From("refund 1"));
        }
    }

    [Fact]
    public void OfARefundLeavesTwoCallsThatSayTheSameAlone()
    {
        var row = new OrderRefunded(Day(2), RowMeaning.OfRefund(Day(2), "a", 500), "a", 500);
        foreach (var facts in new Fact[][] { [row, Call("1"), Call("2")], [Call("1"), row, Call("2")], [Call("2"), Call("1"), row] })
        {
            var life = Begun();
            life.Take(Day(1), Order(Day(1), "a"));
            foreach (var fact in facts) life.Take(Day(3), fact);
            life.Customer.Orders.Refunds.ToArray().Sum(refund => refund.Counted).ShouldBe(1_000);
        }
    }

    [Fact]
    public void OfASaleKeepsTheCategoryWhicheverComesFirst()
    {
        var key = RowMeaning.OfSale(Day(1), "a", 700);
        var bare = new OrderPaid(Day(1), key, "a", 700);
        var full = new OrderPaid(Day(1), key, "a", 700, "tea", "shop", 2);
        foreach (var facts in new Fact[][] { [bare, full], [full, bare] })
        {
            var life = Begun();
            foreach (var fact in facts) life.Take(Day(3), fact);
            life.Customer.Orders.Orders.ToArray().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                order => order.Category.ShouldBe("tea"), order => order.Channel.ShouldBe("shop"), order => order.Quantity.ShouldBe(2));
        }
    }

    [Fact]
    public void OfASaleIsADuplicateOfTheCallWhicheverComesFirst()
    {
        var row = new OrderPaid(Day(1), RowMeaning.OfSale(Day(1), "a", 700), "a", 700);
        for (var message = 0; message < 8; message++)
        {
            var call = row with { Key = MessageKey.From($"call {message}"), Category = "tea" };
            var (first, second) = (Begun(), Begun());
            first.Take(Day(3), call);
            first.Take(Day(3), row).Outcomes.ShouldBe([FactOutcome.Duplicate]);
            second.Take(Day(3), row);
            second.Take(Day(3), call).Outcomes.ShouldBe([FactOutcome.Duplicate]);
            Life.Essence(second.State!).ShouldBe(Life.Essence(first.State!));
            second.Customer.Orders.Orders[0].Category.ShouldBe("tea");
        }
    }

    private static OrderRefunded Call(string message) => new(Day(2), MessageKey.From($"refund {message}"), "a", 500);
}
