using Grid.Grains.Clocks;
using Shouldly;
using Xunit;

namespace Grid.Tests.Clocks;

public sealed class AdvancedSimulatedClockTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SimulatedClock _clock = new(Start);
    private readonly List<(string Name, TimeSpan At)> _fired = [];

    [Fact]
    public void FiresTimersInOrderEachAtItsOwnInstant()
    {
        using var late = Timer("late", 3);
        using var early = Timer("early", 1);
        using var second = Timer("second at three", 3);

        _clock.Advance(TimeSpan.FromSeconds(5));

        _fired.ShouldBe([("early", Seconds(1)), ("late", Seconds(3)), ("second at three", Seconds(3))]);
        _clock.GetUtcNow().ShouldBe(Start + Seconds(5));
    }

    [Fact]
    public void FiresAPeriodOncePerPeriod()
    {
        using var timer = Timer("tick", 1, 2);

        _clock.Advance(Seconds(6));

        _fired.Select(fired => fired.At).ShouldBe([Seconds(1), Seconds(3), Seconds(5)]);
        _clock.NextDue.ShouldBe(Start + Seconds(7));
    }

    [Fact]
    public void FiresATimerArmedByATimerWithinTheSameAdvance()
    {
        ITimer? inner = null;
        using var outer = _clock.CreateTimer(_ => inner = Timer("inner", 1), null, Seconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(2));

        _fired.ShouldBe([("inner", Seconds(2))]);
        inner!.Dispose();
    }

    [Fact]
    public void FiresWhatIsDueAtOnceOnTheNextAdvanceOnly()
    {
        using var timer = Timer("now", 0);
        _fired.ShouldBeEmpty();

        _clock.Advance(TimeSpan.Zero);

        _fired.ShouldBe([("now", TimeSpan.Zero)]);
    }

    [Fact]
    public void LeavesDisposedAndDisarmedTimersAlone()
    {
        var disposed = Timer("disposed", 1);
        using var disarmed = Timer("disarmed", 1);
        disposed.Dispose();
        disarmed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(2));

        _fired.ShouldBeEmpty();
        _clock.NextDue.ShouldBeNull();
        disposed.Change(Seconds(1), Seconds(1)).ShouldBeFalse();
    }

    [Fact]
    public void NeverGoesBack()
    {
        _clock.AdvanceTo(Start + Seconds(10));

        _clock.AdvanceTo(Start);

        _clock.GetUtcNow().ShouldBe(Start + Seconds(10));
    }

    [Fact]
    public async Task SettlesAtEveryDueInstant()
    {
        using var one = Timer("one", 1);
        using var two = Timer("two", 2);
        var settled = new List<TimeSpan>();

        await _clock.AdvanceTo(Start + Seconds(4), () =>
        {
            settled.Add(_clock.GetUtcNow() - Start);
            return Task.CompletedTask;
        });

        settled.ShouldBe([Seconds(1), Seconds(2), Seconds(4)]);
    }

    [Fact]
    public async Task CompletesADelay()
    {
        var delay = Task.Delay(Seconds(30), _clock);
        delay.IsCompleted.ShouldBeFalse();

        _clock.Advance(Seconds(30));

        await delay;
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private ITimer Timer(string name, int dueSeconds, int periodSeconds = -1) => _clock.CreateTimer(
        _ => _fired.Add((name, _clock.GetUtcNow() - Start)),
        null,
        Seconds(dueSeconds),
        periodSeconds < 0 ? Timeout.InfiniteTimeSpan : Seconds(periodSeconds));
}
