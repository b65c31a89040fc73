using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

/// <summary>Requirements are simulated: waiting and orders that lead to another layer than the wanted one are not promised.</summary>
public sealed class WhatLeadsElsewhereTests
{
    private const string Unreachable = "not reachable as things stand";

    [Fact]
    public void IsSaidOfAPlanThatEnds()
    {
        var customer = new Asked(Asked.Shipped()).Took(0, (at, key) => new PlanPurchased(at, key, "gold", Asked.Day(20))).Waited(1);
        customer.Missing("plan", "none").Skip(1).ShouldBe(
            ["19d more, until 2026-01-21T00:00:00.000Z", "but that leads to Expired instead", Unreachable]);
        customer.MissingInChinese("plan", "none")[^1].ShouldBe("目前情况下无法到达");
        customer.Missing("plan", "expired").Skip(1).ShouldBe(["19d more, until 2026-01-21T00:00:00.000Z"]);
    }

    [Fact]
    public void IsSaidOfAWindowThatEmptiesAtOnce()
    {
        var customer = new Asked(Asked.Shipped()).Ordered(0, 13_000).Waited(1);
        customer.Explanation("frequency3").Layer.ShouldBe("mid");
        customer.Missing("frequency3", "low").Skip(1).ShouldBe(
            ["no order for 29d more, until 2026-01-31T00:00:00.000Z", "but that leads to Absent instead", Unreachable]);
    }

    [Fact]
    public void IsSaidOfAgesThatOnlyGrow()
    {
        var customer = new Asked(Asked.Shipped())
            .Took(0, (at, key) => new TraitsSet(at, key, [new Trait("birthday", TraitValue.OfText("1995-05-20"))])).Waited(1);
        customer.Missing("age-band", "unknown").TakeLast(2).ShouldBe(["but that leads to 60 and over instead", Unreachable]);
        customer.Missing("age-band", "under-18").ShouldNotContain(Unreachable);
    }

    [Fact]
    public void IsLeftOutOfAlternatives() =>
        On("{ any: [{ all: [recency < 10d, orders(90d) = 1] }, orders >= 2] }").Ordered(0).Waited(1).Missing("trial", "out").Skip(1)
            .ShouldBe(["no order for 9d more, until 2026-01-11T00:00:00.000Z"]);

    [Fact]
    public void IsNamedWhenNoAlternativeIsLeft()
    {
        var customer = On("{ any: [{ all: [recency < 10d, orders = 1] }, orders >= 2, { all: [recency >= 10d, spend >= 50] }] }").Ordered(0).Waited(1);
        customer.Missing("trial", "out").Skip(1).ShouldBe(
            ["not reachable by one of these alone: no order for 9d more, until 2026-01-11T00:00:00.000Z, or 1 more order"]);
        customer.MissingInChinese("trial", "out")[1].ShouldStartWith("仅靠其中之一无法到达：");
    }

    [Fact]
    public void IsAnOrderWhereNoneMayCome() =>
        On("{ all: [recency >= 20d, orders >= 2] }").Ordered(0).Waited(1).Missing("trial", "in").ShouldBe([Unreachable]);

    [Fact]
    public void IsNotAnOrderAfterTheWaiting()
    {
        var customer = On("{ all: [orders(30d) < 2, spend >= 300] }").Ordered(0).Ordered(0).Waited(1);
        customer.Missing("trial", "in").ShouldBe(
            [
                "no order for 29d more, until 2026-01-31T00:00:00.000Z",
                "spend 100.00 more",
                "the waiting first, the order after it",
            ]);
        customer.Ordered(30.6).Explanation("trial").Layer.ShouldBe("in");
    }

    [Fact]
    public void IsNoRefundWhenARefundRunsOut()
    {
        var customer = On("refunds(180d) > 0").Took(0, (at, key) => new OrderPaid(at, key, "a", 1_000))
            .Took(1, (at, key) => new OrderRefunded(at, key, "a", null)).Waited(2);
        customer.Missing("trial", "out")[1].ShouldStartWith("no refund for 179d more, until ");
        customer.MissingInChinese("trial", "out")[1].ShouldStartWith("再有 179 天没有退款");
    }

    [Fact]
    public void IsHeldBackByTheGraceOfTheScheme()
    {
        var customer = Lapsed("grace: 3d");
        customer.Explanation("trial").Pending.ShouldNotBeNull();
        customer.Missing("trial", "out").ShouldBe(
            [
                "held by grace until 2026-01-14T00:00:00.000Z; takes effect then if the rules still ask for it",
                "cancelled by: 1 more order",
            ]);
        customer.MissingInChinese("trial", "out")[0].ShouldBe("因宽限期保留至 2026-01-14T00:00:00.000Z；届时规则仍要求才生效");
        customer.Ordered(12.5).Explanation("trial").Pending.ShouldBeNull();
    }

    [Fact]
    public void IsHeldBackByTheMinimumStay() =>
        Lapsed("minimumStay: 20d").Missing("trial", "out")[0]
            .ShouldBe("held by the minimum stay until 2026-01-21T00:00:00.000Z; takes effect then if the rules still ask for it");

    [Fact]
    public void IsNeverTheContraryOfWhatATagSays()
    {
        var compiled = SomeRulebook.Compiled(
            "tags: [{ tag: refunding, name: { zh: 退款, en: Refunding }, when: refunds(180d) > 0 }]", WrittenScheme.From("tags lacks refunding"));
        compiled.Faults.ShouldBeEmpty();
        var rules = new Rules(new Rulebook(1, Asked.Start.Plus(-1), compiled.Content!), Baseline.None);
        var lacks = new Asked(rules).Ordered(0).Waited(1).Explanation("trial").DecidedBy.ShouldNotBeNull();
        lacks.Kind.ShouldBe("not");
        var manual = lacks.Children.Single().Children[^1];
        (manual.Text, manual.Holds).ShouldBe(("tags has refunding", false));
    }

    private static Asked Lapsed(string hold) =>
        new Asked(Asked.RulesOf(null, WrittenScheme.From("recency < 10d", hold))).Ordered(0).Waited(10).Waited(12);

    private static Asked On(string when) => new(Asked.RulesOf(null, WrittenScheme.From(when)));
}
