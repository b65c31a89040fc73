using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

/// <summary>Ten customers, each with one order more than the one before and the last order a day later; the fifth is explained.</summary>
public sealed class ScoredCustomerTests
{
    private static readonly Asked Customer = Fifth();

    [Fact]
    public void SeesItsRanksBesideTheCuts()
    {
        var scores = Customer.Explanation("rfm8").Scores.ShouldNotBeNull();
        scores.Scored.ShouldBeTrue();
        scores.N.ShouldBe(10);
        var frequency = scores.Frequency.ShouldNotBeNull();
        frequency.Value.ShouldBe("5");
        frequency.Score.ShouldBe(3);
        frequency.High.ShouldBeFalse();
        frequency.Cuts.ShouldBe(["3", "5", "7", "9"]);
        scores.Monetary.ShouldNotBeNull().Cuts.ShouldBe(["300.00", "500.00", "700.00", "900.00"]);
        scores.Recency.ShouldNotBeNull().Value.ShouldBe("2026-06-25T00:00:00.000Z");
        scores.Recency.Cuts.ShouldBe(
            ["2026-06-23T00:00:00.000Z", "2026-06-25T00:00:00.000Z", "2026-06-27T00:00:00.000Z", "2026-06-29T00:00:00.000Z"]);
    }

    [Fact]
    public void SeesBandsAsTheSchemeWritesThem()
    {
        var scores = Customer.Explanation("rfm8-bands").Scores.ShouldNotBeNull();
        scores.Recency.ShouldNotBeNull().Cuts.ShouldBe(["< 40d", "< 20d", "< 10d", "< 5d"]);
        scores.Recency.Value.ShouldBe("25d");
        scores.Recency.Score.ShouldBe(2);
        scores.Frequency.ShouldNotBeNull().Cuts.ShouldBe(["2", "5", "10", "15"]);
    }

    [Fact]
    public void IsToldHowManyOrdersMakeTheTop() =>
        Customer.Missing("journey", "super").ShouldBe(["spend 500.00 more"]);

    [Fact]
    public void IsToldWhatRaisesItsClass()
    {
        Customer.Explanation("rfm8").Layer.ShouldBe("000");
        Customer.Missing("rfm8", "111").ShouldBe(["2 more orders within 57d", "spend 200.00 more within 57d"]);
    }

    [Fact]
    public void IsNotScoredWithoutAnOrder()
    {
        var browsing = new Asked(Customer.Rules).Took(200, (at, key) => new Grid.Model.Facts.Browsed(at, key, "shoes", 5));
        var explanation = browsing.Explanation("rfm8");
        explanation.Layer.ShouldBe("none");
        explanation.Scores.ShouldNotBeNull().Scored.ShouldBeFalse();
        explanation.Scores.Frequency.ShouldBeNull();
    }

    private static Asked Fifth()
    {
        var rules = Asked.Shipped();
        var population = Enumerable.Range(1, 10).Select(orders =>
        {
            var one = new Asked(rules);
            for (var order = 0; order < orders; order++) one.Ordered(170 + orders - 2 * (orders - 1 - order), 10_000);
            return one.Waited(200);
        }).ToList();
        var fifth = population[4];
        fifth.Rules = rules with { Baseline = Population.BaselineOf(rules.Rulebook, population) };
        return fifth.Turned([]);
    }
}
