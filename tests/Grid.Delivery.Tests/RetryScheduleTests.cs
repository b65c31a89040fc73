using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class RetryScheduleTests
{
    private static readonly Failed Failure = new("the receiver answered 500", 500);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5 * 60)]
    [InlineData(3, 30 * 60)]
    [InlineData(4, 2 * 3_600)]
    [InlineData(5, 5 * 3_600)]
    [InlineData(6, 10 * 3_600)]
    [InlineData(7, 10 * 3_600)]
    public void WaitsLongerAfterEachFailure(int attempt, int seconds)
    {
        for (var position = 0; position < 200; position++)
        {
            var next = RetrySchedule.After(attempt, DeliveryMessage.IdOf(0, position, "t"), Failure, Some.Noon).ShouldBeOfType<Retry>();
            var waited = next.At.Milliseconds - Some.Noon.Milliseconds;
            waited.ShouldBeInRange(seconds * 1_000L, seconds * 1_200L);
        }
    }

    [Fact]
    public void SpreadsTheMessagesOverTheRange()
    {
        var delays = Enumerable.Range(0, 1_000).Select(i => RetrySchedule.DelayOf(3, DeliveryMessage.IdOf(0, i, "t"))).ToList();

        delays.Min().ShouldBeLessThan(304_000);
        delays.Max().ShouldBeGreaterThan(356_000);
        delays.Average().ShouldBeInRange(327_000, 333_000);
    }

    [Fact]
    public void WaitsTheSameForTheSameAttempt()
    {
        // The value is part of what a repeated run must give, on each machine.
        RetrySchedule.DelayOf(2, "1-42-vip-upgrade").ShouldBe(RetrySchedule.DelayOf(2, "1-42-vip-upgrade"));
        RetrySchedule.DelayOf(3, "1-42-vip-upgrade").ShouldNotBe(RetrySchedule.DelayOf(3, "43-vip-upgrade"));
        RetrySchedule.DelayOf(1, "1-42-vip-upgrade").ShouldBe(0);
    }

    [Fact]
    public void ParksAfterTheEighthFailure()
    {
        RetrySchedule.AttemptsMax.ShouldBe(8);
        RetrySchedule.After(7, "m", Failure, Some.Noon).ShouldBeOfType<Retry>();
        RetrySchedule.After(8, "m", Failure, Some.Noon).ShouldBeOfType<Park>().Reason.ShouldContain("answered 500");
    }

    [Theory]
    [InlineData(1, 60, 60)]
    [InlineData(1, 3_600, 3_600)]
    [InlineData(1, 1_000_000, 24 * 3_600)]
    public void TakesRetryAfterAsTheLeastWaitWithinABound(int attempt, int asked, int seconds)
    {
        var failure = new Failed("the receiver answered 429", 429, TimeSpan.FromSeconds(asked));

        RetrySchedule.After(attempt, "m", failure, Some.Noon).ShouldBe(new Retry(Some.Noon.Plus(seconds * MillisecondsPer.Second)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(3)]
    public void NeverWaitsLessThanTheSchedule(int asked)
    {
        var failure = new Failed("the receiver answered 429", 429, TimeSpan.FromSeconds(asked));

        RetrySchedule.After(1, "m", failure, Some.Noon).ShouldBe(RetrySchedule.After(1, "m", Failure, Some.Noon));
    }

    [Fact]
    public void EndsAtEveryOtherOutcome()
    {
        RetrySchedule.After(1, "m", new Delivered(204, string.Empty), Some.Noon).ShouldBe(new Finish());
        RetrySchedule.After(1, "m", new Gone(410, string.Empty), Some.Noon).ShouldBeOfType<Park>().Reason.ShouldContain("410");
        RetrySchedule.After(1, "m", new Aborted(422, string.Empty), Some.Noon).ShouldBeOfType<Park>().Reason.ShouldContain("422");
        RetrySchedule.After(1, "m", new Refused("it is private"), Some.Noon).ShouldBe(new Park("it is private"));
    }

    [Fact]
    public void NeverOverflows()
    {
        RetrySchedule.After(1, "m", new Failed("x", 503, TimeSpan.MaxValue), Some.Noon).ShouldBe(new Retry(Some.Noon.Plus(MillisecondsPer.Day)));
    }
}
