using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class RateWindowTests
{
    [Fact]
    public void StartsNoMoreThanTheRateInAnySecond()
    {
        var clock = new FakeTimeProvider();
        var rate = new RateWindow(7, clock);
        var starts = new List<double>();
        var begin = clock.GetTimestamp();

        // Requests are ready at all times; the clock moves by odd steps.
        for (var step = 0; step < 5_000; step++)
        {
            while (rate.TryStart(out _)) starts.Add(clock.GetElapsedTime(begin).TotalMilliseconds);
            clock.Advance(TimeSpan.FromMilliseconds(1 + (step * 7 % 13)));
        }

        for (var i = 7; i < starts.Count; i++) (starts[i] - starts[i - 7]).ShouldBeGreaterThanOrEqualTo(1_000);
        (starts.Count / (starts[^1] / 1_000)).ShouldBeInRange(6.5, 7.5);
    }

    [Fact]
    public void TellsHowLongToWait()
    {
        var clock = new FakeTimeProvider();
        var rate = new RateWindow(2, clock);
        rate.TryStart(out _).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMilliseconds(400));
        rate.TryStart(out _).ShouldBeTrue();

        rate.TryStart(out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromMilliseconds(600));
        clock.Advance(wait);
        rate.TryStart(out _).ShouldBeTrue();
    }
}
