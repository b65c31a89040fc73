using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

/// <summary>One order at day 0, a comment at day 50, explained shortly after day 66.</summary>
public sealed class CustomerWhoBoughtOnceTests
{
    private static readonly Asked Customer = new Asked(Asked.Shipped())
        .Ordered(0, 12_050)
        .Took(50, (at, key) => new Grid.Model.Facts.Interacted(at, key, "comment-added"))
        .Waited(66.5);

    [Fact]
    public void IsToldWhatDecided()
    {
        var explanation = Customer.Explanation("lifecycle");
        explanation.Layer.ShouldBe("new");
        explanation.DecidedBy.ShouldNotBeNull();
        explanation.DecidedBy.Text.ShouldBe("orders >= 1");
        explanation.DecidedBy.Holds.ShouldBeTrue();
        explanation.DecidedBy.Actual.ShouldBe("1");
        explanation.Scores.ShouldBeNull();
    }

    [Fact]
    public void IsToldOfEachConditionThatFailed()
    {
        var lost = Customer.Explanation("lifecycle").Others.Single(other => other.Layer == "lost").Condition.ShouldNotBeNull();
        lost.Kind.ShouldBe("all");
        lost.Holds.ShouldBeFalse();
        lost.Children.Select(child => (child.Text, child.Holds, child.Actual)).ShouldBe(
            [("orders >= 1", true, "1"), ("recency >= 90d", false, "66d 12h"), ("lastActivity >= 30d", false, "16d 12h")]);
    }

    [Fact]
    public void IsLostByTimeAloneAtAKnownInstant()
    {
        Customer.Missing("lifecycle", "lost").ShouldBe(
            ["no order for 23d 12h more, until 2026-04-01T00:00:00.000Z", "no activity for 13d 12h more, until 2026-03-22T00:00:00.000Z"]);
        Customer.Forecast().Transitions.ShouldContain(coming =>
            coming.Scheme == "lifecycle" && coming.To == "lost" && coming.At == "2026-04-01T00:00:00.000Z");
    }

    [Fact]
    public void IsOneOrderAwayFromTheLoyal()
    {
        Customer.Missing("lifecycle", "loyal").ShouldBe(["1 more order"]);
        Customer.MissingInChinese("lifecycle", "loyal").ShouldBe(["再下 1 单"]);
    }

    [Fact]
    public void CannotGoBackToProspects() =>
        Customer.Missing("lifecycle", "potential").ShouldBe(
            [
                "blocked because a rule above holds: New customer (orders >= 1)",
                "orders must fall from 1 to 0, which time alone does not do",
            ]);

    [Fact]
    public void HearsThatNoSchemeIsCalledSo() =>
        Grid.Rulebooks.Explaining.Explanation.From(Asked.Id, Customer.Opened(), "nothing", Customer.Now, Customer.Rules, Grid.Model.Currency.Cny)
            .ShouldBeNull();
}
