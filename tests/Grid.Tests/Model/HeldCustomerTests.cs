using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Rulebooks.Explaining;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Schemes with grace or a minimum stay delay a customer's downgrade, and explain the delay.</summary>
public sealed class HeldCustomerTests
{
    [Fact]
    public void FallsWhenTheGraceEndsAndNotBefore()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing("grace: 3d"));
        life.Take(Start, Order(Start, "a"));
        life.WakeUntil(Day(13).Plus(-1));
        life.LayerOf("lapsing").ShouldBe("busy");
        Pending(life, Day(12))!.ShouldBe(new PendingView("idle", Day(10).ToString(), Day(13).ToString()));
        life.DueAt.ShouldBe(Day(13));
        life.WakeUntil(Day(13));
        Moves(life).ShouldBe([("busy", Start), ("idle", Day(13))]);
        life.Transitions[^1].Cause.ShouldBe(new Cause(CauseKind.Time));
        Pending(life, Day(13)).ShouldBeNull();
    }

    [Fact]
    public void StaysWhenItComesBackWithinTheGrace()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing("grace: 3d"));
        life.Take(Start, Order(Start, "a"));
        life.WakeUntil(Day(11));
        life.Take(Day(12), Order(Day(12), "b"));
        Pending(life, Day(12)).ShouldBeNull();
        life.WakeUntil(Day(60));
        Moves(life).ShouldBe([("busy", Start), ("idle", Day(25)), ("lost", Day(35))]);
    }

    [Fact]
    public void FallsToWhereTheRulesPutItWhenALongGraceEnds()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing("grace: 15d"));
        life.Take(Start, Order(Start, "a"));
        life.WakeUntil(Day(100));
        Moves(life).ShouldBe([("busy", Start), ("lost", Day(25))]);
    }

    [Fact]
    public void IsNotHeldOnItsWayUp()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing("minimumStay: 90d"));
        life.Take(Start, Interaction(Start));
        life.Take(Day(1), Order(Day(1), "a"));
        life.WakeUntil(Day(200));
        Moves(life).ShouldBe([("lost", Start), ("busy", Day(1)), ("lost", Day(91))]);
    }

    [Fact]
    public void KeepsThePendingDowngradeInItsBytesAndItsDeltas()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing("grace: 3d"));
        life.Take(Start, Order(Start, "a"));
        var before = life.State!;
        var change = life.Take(Day(10)).Change!;
        CustomerCodec.Fold(before, change.Delta).ShouldBe(change.State);
        Life.Encoded(life.Customer).ShouldBe(life.State);
        life.Customer.Layers[0].PendingSince.ShouldBe(Day(10));
    }

    [Fact]
    public void ReadsStatesOfTheFormatBefore()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing());
        life.Take(Start, Order(Start, "a"));
        var older = life.State!.ToArray();
        older[0].ShouldBe((byte)2);
        older[0] = 1;
        Life.Encoded(Life.Opened(older)).ShouldBe(life.State);
    }

    [Fact]
    public void ForecastsWhenItWillFall()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing("grace: 3d"));
        life.Take(Start, Order(Start, "a"));
        life.WakeUntil(Day(11));
        Forecast.From(new CustomerId("c"), life.Customer, Day(11), life.Rules).Transitions
            .Select(transition => (transition.To, transition.At)).ShouldBe([("idle", Day(13).ToString()), ("lost", Day(23).ToString())]);
    }

    private static PendingView? Pending(Life life, Instant now) =>
        Explanation.From(new CustomerId("c"), life.Customer, "lapsing", now, life.Rules, Grid.Model.Currency.Cny)!.Pending;

    private static IEnumerable<(string? To, Instant At)> Moves(Life life) => life.Transitions.Select(move => (move.To, move.EffectiveAt));
}
