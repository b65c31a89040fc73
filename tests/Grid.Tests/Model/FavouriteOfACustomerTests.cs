using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

public sealed class FavouriteOfACustomerTests
{
    private const string ByCategory = """
        shoes: favouriteCategory(30d) = shoes
        bags: favouriteCategory(30d) in [bags, belts]
        """;

    [Fact]
    public void IsWhatIsOrderedMostUntilAnOrderLeavesTheWindow()
    {
        var life = With(ByCategory);
        life.Take(Start, Of("a", 0, "bags"), Of("b", 0.5, "bags"));
        life.Take(Day(2), Of("c", 1, "shoes"), Of("d", 2, "shoes"), Of("e", 2, "shoes"));
        life.WakeUntil(Day(100));
        Told(life).ShouldBe(
        [
            ("bags", Start, CauseKind.Event), ("shoes", Day(2), CauseKind.Event), ("rest", Day(32), CauseKind.Time),
        ]);
    }

    [Fact]
    public void OfAsManyOrdersIsThatOfTheGreaterSpend()
    {
        var life = With(ByCategory);
        life.Take(Day(1), Of("a", 0, "bags", 300), Of("b", 1, "shoes", 200));
        life.LayerOf("s0").ShouldBe("bags");
        life.Take(Day(2), Refund(Day(2), "a", 150));
        life.LayerOf("s0").ShouldBe("shoes");

        // The refund leaves the window after the order it belongs to.
        life.DueAt.ShouldBe(Day(31));
    }

    [Fact]
    public void OfAsMuchSpendIsThatOfTheLaterOrderAndThenTheFirstByName()
    {
        var life = With(ByCategory);
        life.Take(Start, Of("a", 0, "shoes"), Of("b", 0, "belts"));
        life.LayerOf("s0").ShouldBe("bags");
        life.Take(Day(1), Of("c", 1, "shoes"));
        life.Take(Day(2), Of("d", 2, "belts"));
        life.LayerOf("s0").ShouldBe("bags");
        life.Take(Day(3), Of("e", 1.5, "belts"), Of("f", 3, "shoes"));
        life.LayerOf("s0").ShouldBe("shoes");
    }

    [Fact]
    public void GoesWithACancelledOrder()
    {
        var life = With(ByCategory);
        life.Take(Start, Of("a", 0, "shoes"), Cancellation(Day(0.5), "a"));
        life.WakeUntil(Day(1));
        Told(life).ShouldBe([("shoes", Start, CauseKind.Event), ("rest", Day(0.5), CauseKind.Time)]);
    }

    [Fact]
    public void IsNoneForOrdersThatHaveNone()
    {
        var life = With("""
            any: favouriteChannel in [web, store]
            none: favouriteChannel != web
            """);
        life.Take(Start, Order(Start, "a"));
        life.LayerOf("s0").ShouldBe("none");
    }

    [Fact]
    public void SeasonIsThatOfTheLocalDate()
    {
        // 2026-02-28T16:00Z is the first of March in Shanghai.
        var march = Instant.From(new DateTimeOffset(2026, 2, 28, 16, 0, 0, TimeSpan.Zero));
        SeasonAt(march, "Asia/Shanghai").ShouldBe("spring");
        SeasonAt(march.Plus(-1), "Asia/Shanghai").ShouldBe("winter");
        SeasonAt(march, null).ShouldBe("winter");
        SeasonAt(Day(151), null).ShouldBe("summer");
        SeasonAt(Day(243), null).ShouldBe("autumn");
        SeasonAt(Day(334), null).ShouldBe("winter");
    }

    private static string SeasonAt(Instant at, string? zone)
    {
        var rules = string.Join('\n', ((string[])["spring", "summer", "autumn", "winter"]).Select(name => $"{name}: favouriteSeason = {name}"));
        var life = new Life(SomeSchemes.Rules(SomeSchemes.Written("s0", rules, zone)));
        life.Take(at, Order(at, "a"));
        return life.LayerOf("s0");
    }

    private static OrderPaid Of(string id, double day, string category, long amount = 100) =>
        new(Day(day), MessageKey.From($"order {id}"), id, amount, category);

    private static List<(string To, Instant At, CauseKind Cause)> Told(Life life) =>
        [.. life.Transitions.Select(transition => (transition.To!, transition.EffectiveAt, transition.Cause.Kind))];
}
