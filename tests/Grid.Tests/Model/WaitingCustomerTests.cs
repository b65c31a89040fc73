using Grid.Model.Time;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

public sealed class WaitingCustomerTests
{
    private static readonly Instant Lapse = Start.Plus(90 * MillisecondsPer.Day);

    [Fact]
    public void LapsesAtTheExactMillisecond()
    {
        var life = Begun();
        life.Take(Start, Order(Start, "a"));
        life.Take(Lapse.Plus(-1));
        life.LayerOf("lifecycle").ShouldBe("new");
        life.Take(Lapse);
        life.LayerOf("lifecycle").ShouldBe("lost");
        life.Transitions.Single(transition => transition.To == "lost").ShouldSatisfyAllConditions(
            transition => transition.Cause.ShouldBe(new Cause(CauseKind.Time)),
            transition => transition.Direction.ShouldBe(Direction.Downgrade),
            transition => transition.EffectiveAt.ShouldBe(Lapse),
            transition => transition.RecordedAt.ShouldBe(Lapse));
    }

    [Fact]
    public void LapsesAtTheRulesInstantHoweverLateItIsWoken()
    {
        var life = Begun();
        life.Take(Start, Order(Start, "a"));
        life.Take(Day(400));
        var lapse = life.Transitions.Single(transition => transition.To == "lost");
        lapse.EffectiveAt.ShouldBe(Lapse);
        lapse.RecordedAt.ShouldBe(Day(400));
    }

    [Fact]
    public void IsKeptByEitherClock()
    {
        var life = Begun();
        life.Take(Start, Order(Start, "a"));
        life.Take(Day(80), Interaction(Day(80)));
        life.Take(Day(110).Plus(-1));
        life.LayerOf("lifecycle").ShouldBe("new");
        life.WakeUntil(Day(110));
        life.LayerOf("lifecycle").ShouldBe("lost");
    }

    [Fact]
    public void IsNotChangedByBeingLookedAt()
    {
        var life = Begun();
        life.Take(Start, Order(Start, "a"));
        var due = life.DueAt;
        life.Take(due.Plus(-1)).Change.ShouldBeNull();
        life.Take(due).Change.ShouldNotBeNull();
    }

    [Fact]
    public void IsNotAwakenedTwiceByOneDeadline()
    {
        // The order leaves the window, then its refund: at the end spend is again the amount before both.
        var life = With("rich: topPercent(spend, 30d) <= 10%");
        life.Take(Start, Order(Day(-40), "other", 5_000), Order(Start, "a"), Refund(Day(1), "b", 10_000), Order(Day(1), "c", 7_000));
        life.Take(Day(1));
        life.Take(Day(31));
        life.DueAt.ShouldBeGreaterThan(Day(31));
    }

    [Fact]
    public void OfAClockSetBackKeepsItsDeadlines()
    {
        var life = Begun();
        life.Take(Day(10), Order(Day(10), "a"));
        var due = life.DueAt;
        life.Take(Day(9), Interaction(Day(10), "quote-sent"));
        life.Customer.EvaluatedAt.ShouldBe(Day(10));
        life.DueAt.ShouldBeLessThanOrEqualTo(due);
        life.DueAt.ShouldBeGreaterThan(Day(10));
        life.LayerOf("engagement").ShouldBe("lurker");
    }
}

public sealed class LapsedCustomerTests
{
    [Fact]
    public void ReturnsAsNewOnNextOrder()
    {
        // The first order was cancelled, so that the returning customer has just one.
        var life = Begun();
        life.Take(Start, Order(Start, "a"));
        life.Take(Day(100));
        life.LayerOf("lifecycle").ShouldBe("lost");
        life.Take(Day(101), Cancellation(Day(101), "a"));
        life.LayerOf("lifecycle").ShouldBe("potential");
        life.Take(Day(102), Order(Day(102), "b"));
        life.LayerOf("lifecycle").ShouldBe("new");
        life.Transitions[^1].Cause.ShouldBe(new Cause(CauseKind.Event));
        life.Transitions.Last(transition => transition.Scheme == "lifecycle").Direction.ShouldBe(Direction.Upgrade);
    }

    [Fact]
    public void ReturnsAsLoyalOnSecondOrder()
    {
        var life = Begun();
        life.Take(Start, Order(Start, "a"));
        life.Take(Day(120), Order(Day(120), "b"));
        life.Transitions.Where(transition => transition.Scheme == "lifecycle").Select(transition => (transition.To, transition.EffectiveAt))
            .ShouldBe([("new", Start), ("lost", Day(90)), ("loyal", Day(120))]);
    }
}
