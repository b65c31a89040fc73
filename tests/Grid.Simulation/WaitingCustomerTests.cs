using Grid.Grains.Clocks;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>A customer without further events, while the clock runs.</summary>
public sealed class WaitingCustomerTests
{
    /// <summary>The longest sleep of a partition; it then wakes without anything due.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(40);

    private static readonly DateTimeOffset Bought = new(2026, 1, 5, 12, 34, 56, 789, TimeSpan.Zero);

    [Fact]
    public async Task PassesAtTheExactMillisecond()
    {
        using var data = new DataFolder();
        var clock = new SimulatedClock(Bought);
        var timers = new KeptTimers(clock);
        await using var grid = await SimulatedGrid.Start(data.Path, timers);
        await grid.Send(new Ordered("order", "waiting", Bought, "order-1", 100_00));
        var lapse = Bought.AddDays(90);

        // Up to the last millisecond every deadline is worked off as it comes, and none of them is the lapse.
        for (var wake = await NextWake(grid, timers); wake < lapse; wake = await NextWake(grid, timers)) clock.AdvanceTo(wake);
        clock.AdvanceTo(lapse.AddMilliseconds(-1));
        clock.NextDue.ShouldBe(lapse);
        (await grid.Transitions("lifecycle", "waiting")).Select(passed => passed.To).ShouldBe(["new"]);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        var passed = await grid.TransitionTo("lost", "lifecycle", "waiting");
        passed.From.ShouldBe("new");
        passed.Cause.Kind.ShouldBe("time");
        passed.EffectiveAt.ShouldBe(StoppedServerTests.Written(lapse));
        passed.RecordedAt.ShouldBe(StoppedServerTests.Written(lapse));
    }

    /// <summary>
    /// The next wake-up of the customer's partition, after the previous deadline woke the customer and the partition sleeps again. The clock alone
    /// cannot show it: partitions without customers have timers too, which may be due at the same instants.
    /// </summary>
    private static async Task<DateTimeOffset> NextWake(SimulatedGrid grid, KeptTimers timers)
    {
        var now = timers.GetUtcNow();
        var deadline = await Patience.Until(
            async () => (await grid.Ledger.NextDue(CancellationToken.None)).ToDateTimeOffset(), due => due > now, "the customer to be woken");
        var wake = deadline < now + LongestSleep ? deadline : now + LongestSleep;
        await Patience.Until(() => Task.FromResult(timers.AreSet(wake)), isSet => isSet, $"the partition to sleep until {wake:O}");
        return wake;
    }

    /// <summary>A clock that records when its timers fired, and when and to which instants they were set.</summary>
    private sealed class KeptTimers(SimulatedClock clock) : TimeProvider
    {
        // Both are guarded by the gate.
        private readonly Lock _gate = new();
        private readonly List<DateTimeOffset> _fired = [];
        private readonly List<(DateTimeOffset At, DateTimeOffset Due)> _set = [];

        public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = clock.CreateTimer(Fire, state, dueTime, period);
            var now = clock.GetUtcNow();
            if (dueTime > TimeSpan.Zero)
                lock (_gate) _set.Add((now, now + dueTime));
            return timer;

            void Fire(object? given)
            {
                lock (_gate) _fired.Add(clock.GetUtcNow());
                callback(given);
            }
        }

        /// <summary>Whether a timer was set to this instant now, and each timer that fired now was set again.</summary>
        public bool AreSet(DateTimeOffset due)
        {
            var now = clock.GetUtcNow();
            lock (_gate) return _set.Contains((now, due)) && _set.Count(set => set.At == now) >= _fired.Count(at => at == now);
        }
    }
}
