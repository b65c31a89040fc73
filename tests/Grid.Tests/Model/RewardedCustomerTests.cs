using System.Text;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Points by rule follow from the facts; redeeming is decided once and never goes below zero.</summary>
public sealed class RewardedCustomerTests
{
    private const string Points = """
        points:
          orders: { each: 10.00, points: 3 }
          interactions: { check-in: 5 }
        """;

    [Fact]
    public void EarnsBySpendingAndByInteracting()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing(), Points);
        life.Take(Start, Order(Start, "a", 25_99), Interaction(Start, "check-in"), Interaction(Start, "other"), Given(100));
        Balance(life, Start).ShouldBe(6 + 5 + 100);
    }

    [Fact]
    public void LosesThePointsOfARefundButNotBelowZero()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing(), Points);
        life.Take(Start, Order(Start, "a", 100_00));
        life.Take(Start, Given(-20)).Outcomes[0].Kind.ShouldBe(OutcomeKind.Accepted);
        life.Take(Day(1), Refund(Day(1), "a", null));
        Balance(life, Day(1)).ShouldBe(0);
        life.Take(Day(1), Given(-1, "again")).Outcomes[0].Reason.ShouldRead("1 points were to be redeemed, but the customer has 0");
    }

    /// <summary>A level is not kept: growth is a function of the facts, and a refund is one of them.</summary>
    [Fact]
    public void FallsToTheLevelThatARefundLeaves()
    {
        var life = SomeRulebook.Begun(Shipped("level.yaml"), Shipped("points.yaml"));
        life.Take(Day(1), Order(Day(1), "a", 650_00));
        life.LayerOf("level").ShouldBe("l3");
        life.Take(Day(1), Given(-600));
        life.LayerOf("level").ShouldBe("l3");
        life.Take(Day(2), Refund(Day(2), "a", 400_00, "part"));
        life.LayerOf("level").ShouldBe("l2");
        life.Transitions[^1].Direction.ShouldBe(Direction.Downgrade);
        life.Take(Day(3), Refund(Day(3), "a", null, "rest"));
        life.LayerOf("level").ShouldBe("l0");
    }

    [Fact]
    public void RedeemsOnceHoweverOftenItIsSent()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing(), Points);
        life.Take(Start, Order(Start, "a", 100_00));
        life.Take(Start, Given(-30)).Outcomes[0].Kind.ShouldBe(OutcomeKind.Accepted);
        life.Take(Start, Given(-30)).Outcomes[0].Kind.ShouldBe(OutcomeKind.Duplicate);
        life.Take(Start, Given(-1, "more")).Outcomes[0].Kind.ShouldBe(OutcomeKind.Rejected);
        Balance(life, Start).ShouldBe(0);
    }

    [Fact]
    public void RedeemsWithinOneTurnOnlyWhatIsThere()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing(), Points);
        life.Take(Start, Order(Start, "a", 100_00));
        var outcomes = life.Take(Day(1), [.. Enumerable.Range(0, 5).Select(index => new PointsChanged(Day(1), MessageKey.From($"r{index}"), -10))]).Outcomes;
        outcomes.Count(outcome => outcome.Kind == OutcomeKind.Accepted).ShouldBe(3);
        Balance(life, Day(1)).ShouldBe(0);
    }

    [Theory]
    [InlineData("points: { orders: { each: 0, points: 1 } }", "0.yaml:1:27")]
    [InlineData("points: { orders: { each: 1.00, points: 0 } }", "0.yaml:1:41")]
    [InlineData("points: { interactions: { check-in: many } }", "0.yaml:1:37")]
    [InlineData("points: { interaction: { check-in: 1 } }", "0.yaml:1:11")]
    public void IsNotRewardedByAMistakenFile(string yaml, string place)
    {
        var result = SomeRulebook.Compiled(yaml, SomeRulebook.Lapsing());
        result.Content.ShouldBeNull();
        result.Faults.ShouldHaveSingleItem().Place.ToString().ShouldBe(place);
    }

    private static PointsChanged Given(long points, string message = "given") => new(Start, MessageKey.From(message), points);

    private static string Shipped(string name) => Encoding.UTF8.GetString(ShippedSchemes.Files().Single(file => file.Name == name).Yaml);

    private static long Balance(Life life, Instant now) => life.Rules.Rulebook.Points.Balance(life.Customer, now);
}
