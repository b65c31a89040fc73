using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

public sealed class WhatIsMissingTests
{
    [Fact]
    public void IsAnOrderBeforeTheLastOneLeavesTheWindow()
    {
        var customer = On("orders(90d) >= 2").Ordered(0).Waited(77.8);
        Missing(customer).ShouldBe(["1 more order within 12d 4h"]);
        customer.MissingInChinese("trial", "in").ShouldBe(["12 天 4 小时内再下 1 单"]);
        customer.Ordered(89.9).Explanation("trial").Layer.ShouldBe("in");
    }

    [Fact]
    public void IsOrdersInsideOneWindowWhenThereAreNone() =>
        Missing(On("orders(90d) >= 2").Ordered(0).Waited(100)).ShouldBe(["2 more orders within 90d"]);

    [Fact]
    public void IsMoneyInMajorUnits()
    {
        var customer = On("spend >= 300").Ordered(0, 18_000).Waited(1);
        Missing(customer).ShouldBe(["spend 120.00 more"]);
        customer.Ordered(2, 12_000).Explanation("trial").Layer.ShouldBe("in");
    }

    [Fact]
    public void IsARepurchaseMoreThanTheFirstOrder() =>
        Missing(On("repurchases >= 2").Took(0, (at, key) => new Interacted(at, key, "check-in")).Waited(1)).ShouldBe(["3 more orders"]);

    [Fact]
    public void IsATag()
    {
        Missing(On("tags has vip").Ordered(0).Waited(1)).ShouldBe(["the tag 'vip'"]);
        Missing(On("tags lacks vip").Took(0, (at, key) => new TagChanged(at, key, "vip", true, Instant.Never)).Waited(1))
            .ShouldBe(["the tag 'vip' taken away"]);
        Missing(On("tags lacks vip").Took(0, (at, key) => new TagChanged(at, key, "vip", true, Asked.Day(3))).Waited(1))
            .ShouldBe(["2d more, until 2026-01-04T00:00:00.000Z"]);
    }

    [Fact]
    public void IsSaidOfATraitAsItIs() =>
        Missing(On("trait(city) = Shanghai")
                .Took(0, (at, key) => new TraitsSet(at, key, [new Trait("city", TraitValue.OfText("Beijing"))])).Waited(1))
            .ShouldBe(["the trait 'city' must be Shanghai; it is Beijing"]);

    [Fact]
    public void IsATraitThatNobodyHasTold()
    {
        var customer = On("trait(income) >= 8000").Ordered(0).Waited(1);
        Missing(customer).ShouldBe(["the trait 'income' must be at least 8000; it is not known"]);
        customer.MissingInChinese("trial", "in").ShouldBe(["特征「income」须不少于 8000，现未知"]);
    }

    [Fact]
    public void IsAMembership() => Missing(On("membership = active").Ordered(0).Waited(1)).ShouldBe(["a paid membership purchased"]);

    [Fact]
    public void IsOrdersOfACategory()
    {
        var customer = On("purchases(bags, 30d) >= 2").Took(0, (at, key) => new OrderPaid(at, key, "a", 100, "bags")).Waited(18);
        Missing(customer).ShouldBe(["1 more order of bags within 12d"]);
        customer.MissingInChinese("trial", "in").ShouldBe(["12 天内再下 1 单（bags）"]);
    }

    [Fact]
    public void IsABirthdayStillToComeOrToBeTold()
    {
        Missing(On("age >= 18").Ordered(0).Waited(1)).ShouldBe(["the birthday or the age must be known: age must be at least 18"]);
        Missing(On("age >= 18").Took(0, Traits("birthday", "2008-01-04")).Waited(1)).ShouldBe(["2d more, until 2026-01-04T00:00:00.000Z"]);
        Missing(On("age < 18").Took(0, Traits("age", "18")).Waited(1)).ShouldBe(["age must be less than 18; it is 18"]);
    }

    [Fact]
    public void IsAnotherFavourite()
    {
        var customer = On("favouriteCategory in [shoes, belts]")
            .Took(0, (at, key) => new OrderPaid(at, key, "o", 100, "bags")).Waited(1);
        Missing(customer).ShouldBe(["most orders must be of the category shoes or belts; now they are of bags"]);
        customer.MissingInChinese("trial", "in").ShouldBe(["订单最多的品类须是 shoes、belts，现为 bags"]);
        Missing(On("favouriteCategory(30d) != bags").Took(0, (at, key) => new OrderPaid(at, key, "o", 100, "bags")).Waited(28))
            .ShouldBe(["2d more, until 2026-01-31T00:00:00.000Z"]);
    }

    [Fact]
    public void IsAPlan()
    {
        var customer = On("plan = gold").Took(0, (at, key) => new PlanPurchased(at, key, "silver", Asked.Day(3))).Waited(1);
        Missing(customer).ShouldBe(["the plan gold purchased"]);
        customer.MissingInChinese("trial", "in").ShouldBe(["开通会员方案 gold"]);
        customer.View().Metrics.ShouldContain(metric => metric.Name == "plan" && metric.Value == "silver");
    }

    [Fact]
    public void IsOneOfSeveralWays() =>
        Missing(On("{ any: [orders >= 3, 'interactions(comment-added, 30d) >= 2', growth >= 100] }").Ordered(0).Waited(1))
            .ShouldBe(["2 more orders, or 2 more interactions (comment-added) within 30d, or 100 more points earned"]);

    [Fact]
    public void IsTheStricterOfTwoBoundsOnOneThing() =>
        Missing(On("{ all: [orders >= 2, orders >= 4, recency < 30d] }").Ordered(0).Waited(40)).ShouldBe(["3 more orders"]);

    [Fact]
    public void IsTheContraryOfWhatIsNegated() =>
        Missing(On("{ not: { any: [recency < 30d, points >= 10] } }").Ordered(0)
                .Took(0, (at, key) => new PointsChanged(at, key, 15)).Waited(10))
            .ShouldBe(
                ["no order for 20d more, until 2026-01-31T00:00:00.000Z", "points must fall from 15 to 9, which time alone does not do"]);

    [Fact]
    public void IsAnOrderThatLiftsTheAverage()
    {
        var customer = On("{ all: [orders >= 3, aov >= 200] }").Ordered(0, 12_000).Waited(1);
        Missing(customer).ShouldBe(["2 more orders of together at least 480.00 (aov must be at least 200.00; it is 120.00)"]);
        customer.Ordered(2, 47_000).Ordered(2, 1_000).Explanation("trial").Layer.ShouldBe("in");
    }

    [Fact]
    public void IsTheBoundItselfWhenNoSentenceIsSimpler() =>
        Missing(On("medianOrderInterval <= 2d").Ordered(0).Ordered(9).Waited(10)).ShouldBe(["medianOrderInterval must be at most 2d; it is 9d"]);

    [Fact]
    public void SaysWhereSuchOrdersReallyLead()
    {
        var customer = On("{ all: [orders >= 2, firstOrder >= 5d, recency >= 5d] }").Ordered(0).Waited(6);
        Missing(customer).ShouldBe(["1 more order", "but that leads to Outside instead"]);
        customer.Ordered(7).Explanation("trial").Layer.ShouldBe("out");
    }

    [Fact]
    public void NamesWhatStandsInTheWayAndWhenItEnds()
    {
        var customer = On("orders(30d) >= 1").Ordered(0).Waited(10);
        customer.Missing("trial", "out").ShouldBe(
            ["blocked because a rule above holds: Inside (orders(30d) >= 1)", "no order for 20d more, until 2026-01-31T00:00:00.000Z"]);
    }

    private static Func<Instant, MessageKey, Fact> Traits(string name, string value) =>
        (at, key) => new TraitsSet(at, key, [new Trait(name, TraitValue.OfText(value))]);

    private static Asked On(string when) => new(Asked.RulesOf(null, WrittenScheme.From(when)));

    private static IReadOnlyList<string> Missing(Asked customer) => customer.Missing("trial", "in");
}
