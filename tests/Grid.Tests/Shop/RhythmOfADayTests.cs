using Grid.Model.Time;
using Grid.Shop;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

public sealed class RhythmOfADayTests
{
    [Fact]
    public void KeepsOrderAndMovesByWholeDays()
    {
        var start = SomeShop.Start.Milliseconds;
        var before = DayRhythm.ClockOf(start - 1);
        for (var even = (double)start; even < start + 2 * MillisecondsPer.Day; even += 97_531)
        {
            var at = DayRhythm.ClockOf(even);
            at.ShouldBeGreaterThan(before);
            Math.Abs(DayRhythm.ClockOf(even + 7 * MillisecondsPer.Day).Milliseconds - at.Plus(7 * MillisecondsPer.Day).Milliseconds)
                .ShouldBeLessThanOrEqualTo(1);
            DayRhythm.EvenOf(at).ShouldBe(even, 10);
            before = at;
        }
    }

    [Fact]
    public void TurnsAtLocalMidnight()
    {
        var midnight = SomeShop.Start.Plus(16 * MillisecondsPer.Hour);
        DayRhythm.ClockOf(midnight.Milliseconds).ShouldBe(midnight);
    }
}
