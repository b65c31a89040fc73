using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

public sealed class CustomerWithABirthdayTests
{
    private const string Adult = """{ all: ["age >= 18", "age < 19"] }""";

    [Fact]
    public void ComesOfAgeAtMidnightOfTheDay()
    {
        var life = With($"adult: {Adult}");
        life.Take(Start, Traits(("birthday", "2008-03-05")));
        life.LayerOf("s0").ShouldBe("rest");
        life.WakeUntil(On(2028, 1, 1));
        life.Transitions.Select(transition => (transition.To, transition.EffectiveAt, transition.Cause.Kind)).ShouldBe(
        [
            ("rest", Start, CauseKind.Event), ("adult", On(2026, 3, 5), CauseKind.Time), ("rest", On(2027, 3, 5), CauseKind.Time),
        ]);
    }

    [Fact]
    public void ComesOfAgeAtTheMidnightOfTheCalendar()
    {
        var life = In("Asia/Shanghai");
        life.Take(Start, Traits(("birthday", "2008/03/05")));
        life.DueAt.ShouldBe(On(2026, 3, 5).Plus(-8 * MillisecondsPer.Hour));
    }

    [Theory]
    [InlineData("2008-02-29", 2026, 3, 1)]
    [InlineData("2010-02-29", 2026, 1, 1)]
    public void OfALeapDayComesOfAgeInMarch(string birthday, int year, int month, int day)
    {
        // A date that does not exist is no birthday; the trait age then decides, at once.
        var life = With($"adult: {Adult}");
        life.Take(Start, Traits(("birthday", birthday), ("age", "18")));
        life.WakeUntil(On(2026, 12, 31));
        var adult = life.Transitions.Single(transition => transition.To == "adult");
        adult.EffectiveAt.ShouldBe(On(year, month, day));
    }

    [Fact]
    public void OfALeapDayComesOfAgeOnItWhenTheYearHasOne()
    {
        var life = With("adult: age >= 20");
        life.Take(Start, Traits(("birthday", "2008-02-29T00:00:00.000Z")));
        life.DueAt.ShouldBe(On(2028, 2, 29));
    }

    [Theory]
    [InlineData("17.5")]
    [InlineData("-3")]
    [InlineData("young")]
    public void WhoseAgeIsNoneHoldsNoComparison(string age)
    {
        var life = With("""
            a: age != 5
            b: age >= 0
            c: age < 200
            d: { not: "age = 17" }
            """);
        life.Take(Start, Traits(("age", age)));
        life.LayerOf("s0").ShouldBe("d");
    }

    [Fact]
    public void HasNoAgeBeforeTheBirth()
    {
        var life = With("born: age <= 0");
        life.Take(Start, Traits(("birthday", "2026-02-01")));
        life.WakeUntil(On(2028, 1, 1));
        life.Transitions.Select(transition => (transition.To, transition.EffectiveAt))
            .ShouldBe([("rest", Start), ("born", On(2026, 2, 1)), ("rest", On(2027, 2, 1))]);
    }

    private static TraitsSet Traits(params (string Name, string Value)[] traits) =>
        new(Start, MessageKey.From("traits"), [.. traits.Select(trait => new Trait(trait.Name, TraitValue.OfText(trait.Value)))]);

    private static Life In(string zone) => new(SomeSchemes.Rules(SomeSchemes.Written("s0", $"adult: {Adult}", zone)));

    private static Instant On(int year, int month, int day) => Instant.From(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));
}
