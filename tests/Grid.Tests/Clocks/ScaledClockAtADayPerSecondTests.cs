using Grid.Grains.Clocks;
using Shouldly;
using Xunit;

namespace Grid.Tests.Clocks;

public sealed class ScaledClockAtADayPerSecondTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SimulatedClock _beneath = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScaledClock _clock;

    public ScaledClockAtADayPerSecondTests() => _clock = new ScaledClock(Start, 86_400, _beneath);

    [Fact]
    public void StartsWhereItWasToldTo() => _clock.GetUtcNow().ShouldBe(Start);

    [Fact]
    public void PassesADayInASecond()
    {
        var origin = _clock.GetTimestamp();

        _beneath.Advance(TimeSpan.FromSeconds(1));

        _clock.GetUtcNow().ShouldBe(Start.AddDays(1));
        _clock.GetElapsedTime(origin).ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public void FiresATimerNotBeforeItIsDue()
    {
        DateTimeOffset? firedAt = null;
        using var timer = _clock.CreateTimer(_ => firedAt = _clock.GetUtcNow(), null, TimeSpan.FromHours(36), Timeout.InfiniteTimeSpan);

        _beneath.Advance(TimeSpan.FromMilliseconds(1499));
        firedAt.ShouldBeNull();
        _beneath.Advance(TimeSpan.FromMilliseconds(1));

        firedAt.ShouldBe(Start.AddHours(36));
    }

    [Fact]
    public void SkipsPeriodsTooShortForTheRealTimer()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _beneath.Advance(TimeSpan.FromMilliseconds(10));

        fired.ShouldBe(10);
    }

    [Fact]
    public void TakesAWaitOfManyYears()
    {
        var fired = false;
        using var clock = Slow().CreateTimer(_ => fired = true, null, TimeSpan.FromDays(60), Timeout.InfiniteTimeSpan);

        _beneath.Advance(TimeSpan.FromDays(119));
        fired.ShouldBeFalse();
        _beneath.Advance(TimeSpan.FromDays(1));

        fired.ShouldBeTrue();
    }

    private ScaledClock Slow() => new(Start, 0.5, _beneath);
}
