using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

public sealed class WhatACustomerHasTests
{
    [Fact]
    public void ShowsPlansWithTheirEndsCommunitiesAndConsents()
    {
        var asked = new Asked(Asked.Shipped())
            .Took(
                0,
                (at, key) => new PlanPurchased(at, key, "gold", Asked.Day(30)),
                (at, key) => new PlanPurchased(at, key, "silver", Asked.Day(5)),
                (at, key) => new CommunityJoined(at, key, "tea lovers", "qr-code"),
                (at, key) => new ConsentChanged(at, key, "marketing", true))
            .Waited(10);

        var view = asked.View();

        view.Plans.ShouldBe(
            [new PlanView("silver", Text(0), Text(5), false), new PlanView("gold", Text(0), Text(30), true)], ignoreOrder: true);
        view.Communities.ShouldBe([new CommunityView("tea lovers", "qr-code", Text(0))]);
        view.Consents.ShouldBe([new ConsentView("marketing", true, Text(0))]);
    }

    private static string Text(double day) => new Instant(Asked.Day(day).Milliseconds).ToString();
}
