using Grid.Model.Facts;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

public sealed class PlansOfACustomerTests
{
    [Fact]
    public void AreToldApartByNameWhileTheyRun()
    {
        var life = With("""
            gold: plan = gold
            paid: membership = active
            left: plan != gold
            """);
        life.Take(Start, Plan("silver", 0, 40));
        life.Take(Day(10), Plan("gold", 10, 30));
        life.WakeUntil(Day(100));
        life.Transitions.Select(transition => (transition.To, transition.EffectiveAt))
            .ShouldBe([("paid", Start), ("gold", Day(10)), ("paid", Day(30)), ("left", Day(40))]);
    }

    [Fact]
    public void OfOneNameFollowEachOther()
    {
        var life = With("gold: plan in [gold, platinum]");
        life.Take(Start, Plan("gold", 0, 20), Plan("platinum", 0.5, 30), Plan("gold", 0.75, 31));
        life.WakeUntil(Day(100));
        life.Transitions.Select(transition => (transition.To, transition.EffectiveAt)).ShouldBe([("gold", Start), ("rest", Day(31))]);
    }

    private static PlanPurchased Plan(string name, double from, double until) =>
        new(Day(from), MessageKey.From($"{name} {from}"), name, Day(until));
}
