using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

public sealed class ShopOfOneSeedTests
{
    [Fact]
    public void YieldsTheSameEventsAgain()
    {
        var once = SomeShop.Lines(SomeShop.Create().Until(SomeShop.Day(20)));
        var again = SomeShop.Lines(SomeShop.Create().Until(SomeShop.Day(20)));
        once.Count.ShouldBeGreaterThan(1_000);
        again.ShouldBe(once);
    }

    [Fact]
    public void YieldsOthersThanAnotherSeed()
    {
        var one = SomeShop.Create(seed: 1).Until(SomeShop.Day(5)).Select(each => each.MessageId);
        var other = SomeShop.Create(seed: 2).Until(SomeShop.Day(5)).Select(each => each.MessageId);
        one.Intersect(other).ShouldBeEmpty();
        SomeShop.Lines(SomeShop.Create(seed: 1).Until(SomeShop.Day(5))).Select(line => line[..24])
            .ShouldNotBe(SomeShop.Lines(SomeShop.Create(seed: 2).Until(SomeShop.Day(5))).Select(line => line[..24]));
    }

    [Fact]
    public void DoesNotDependOnHowOftenItIsAsked()
    {
        var asked = SomeShop.Create();
        var piecewise = new List<string>();
        for (var hour = 0; hour <= 24 * 20; hour++)
            piecewise.AddRange(SomeShop.Lines(asked.Until(SomeShop.Start.Plus(hour * MillisecondsPer.Hour))));
        piecewise.ShouldBe(SomeShop.Lines(SomeShop.Create().Until(SomeShop.Day(20))));
    }

    [Fact]
    public void GoesOnWhereAReaderLeftEarly()
    {
        var left = SomeShop.Create();
        var lines = SomeShop.Lines(left.Until(SomeShop.Day(20)).Take(777));
        lines.AddRange(SomeShop.Lines(left.Until(SomeShop.Day(20))));
        lines.ShouldBe(SomeShop.Lines(SomeShop.Create().Until(SomeShop.Day(20))));
    }

    [Fact]
    public void GoesOnAfterASkipAsIfItHadBeenRead()
    {
        var read = SomeShop.Create();
        var passed = read.Until(SomeShop.Day(11.3)).LongCount();
        var skipping = SomeShop.Create();
        skipping.SkipTo(SomeShop.Day(11.3)).ShouldBe(passed);
        var rest = SomeShop.Lines(skipping.Until(SomeShop.Day(25)));
        rest.Count.ShouldBeGreaterThan(1_000);
        rest.ShouldBe(SomeShop.Lines(read.Until(SomeShop.Day(25))));
        skipping.Customers.ShouldBe(read.Customers);
    }

    [Fact]
    public void IsSilentBeforeItOpens()
    {
        var opens = SomeShop.Day(-28);
        SomeShop.Create(pastDays: 28).Until(opens).ShouldBeEmpty();
        SomeShop.Create(pastDays: 28).Until(opens.Plus(MillisecondsPer.Day)).ShouldNotBeEmpty();
    }

    [Fact]
    public void HasExactlyItsInitialCustomersAtItsStartAndGrowsAsAPoissonProcessAfterwards()
    {
        var shop = SomeShop.Create(customers: 500, arrivalsPerDay: 20);
        shop.SkipTo(SomeShop.Start);
        shop.Customers.ShouldBe(500);
        shop.SkipTo(SomeShop.Day(100));

        // 2,000 are expected; four standard deviations of a Poisson count are 4·√2000.
        ((double)(shop.Customers - 500)).ShouldBe(2_000, 4 * Math.Sqrt(2_000));
    }
}
