using Grid.Delivery.WeCom;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class CallWindowTests
{
    private static readonly Instant Start = new(1_800_000_000_123);

    [Theory]
    [InlineData(1, 1, 700)]
    [InlineData(2, 10, 5_000)]
    [InlineData(3, 100, 900)]
    [InlineData(4, 3, 21_000)]
    public void NoMinuteHasMoreCallsThanTheLimit(int seed, int limit, int stepMilliseconds)
    {
        var random = new Random(seed);
        var window = new CallWindow(limit, MillisecondsPer.Minute);
        var (calls, now, refused) = (new Queue<Instant>(), Start, 0);
        for (var i = 0; i < 5_000; i++)
        {
            now = now.Plus(random.Next(stepMilliseconds));
            if (window.NextFree(now) is not null)
            {
                refused++;
                continue;
            }

            window.Add(now);
            calls.Enqueue(now);
            while (calls.Peek() <= now.Plus(-MillisecondsPer.Minute)) calls.Dequeue();
            calls.Count.ShouldBeLessThanOrEqualTo(limit);
        }

        refused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TheInstantNamedIsTheFirstThatIsFree()
    {
        var window = new CallWindow(3, MillisecondsPer.Hour);
        foreach (var minute in (int[])[0, 10, 20]) window.Add(Start.Plus(minute * MillisecondsPer.Minute));
        var free = window.NextFree(Start.Plus(30 * MillisecondsPer.Minute)).ShouldNotBeNull();
        free.Milliseconds.ShouldBeInRange(Start.Milliseconds + MillisecondsPer.Hour, Start.Milliseconds + (62 * MillisecondsPer.Minute));
        window.NextFree(free.Plus(-1)).ShouldBe(free);
        window.NextFree(free).ShouldBeNull();
        window.Count(free).ShouldBe(2);
    }

    [Fact]
    public void AClockPutBackForgetsNoCall()
    {
        var window = new CallWindow(2, MillisecondsPer.Minute);
        window.Add(Start);
        window.Add(Start.Plus(-MillisecondsPer.Hour));
        window.NextFree(Start.Plus(-MillisecondsPer.Hour)).ShouldNotBeNull();
        window.Count(Start).ShouldBe(2);
    }

    [Fact]
    public void ALongSilenceForgetsAllCalls()
    {
        var window = new CallWindow(1, MillisecondsPer.Minute);
        window.Add(Start);
        window.Count(Start.Plus(MillisecondsPer.Day)).ShouldBe(0);
    }
}
