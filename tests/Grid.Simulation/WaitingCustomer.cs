using Grid.Grains.Clocks;
using Grid.Simulation.Workloads;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>A customer to whom nothing happens any more while the clock runs.</summary>
public sealed class WaitingCustomer
{
    private static readonly DateTimeOffset Bought = new(2026, 1, 5, 12, 34, 56, 789, TimeSpan.Zero);

    [Fact]
    public async Task PassesAtTheExactMillisecond()
    {
        using var data = new DataFolder();
        var clock = new SimulatedClock(Bought);
        await using var grid = await SimulatedGrid.Start(data.Path, clock);
        await grid.Send(new Ordered("order", "waiting", Bought, "order-1", 100_00));
        var lapse = Bought.AddDays(90);

        // Up to the last millisecond every deadline is met as it comes, and none of them is the lapse.
        for (var due = await Armed(clock); due < lapse; due = await Armed(clock)) clock.AdvanceTo(due);
        clock.AdvanceTo(lapse.AddMilliseconds(-1));
        (await Armed(clock)).ShouldBe(lapse);
        (await grid.Transitions("lifecycle", "waiting")).Select(passed => passed.To).ShouldBe(["new"]);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        var passed = await grid.TransitionTo("lost", "lifecycle", "waiting");
        passed.From.ShouldBe("new");
        passed.Cause.Kind.ShouldBe("time");
        passed.EffectiveAt.ShouldBe(StoppedServer.Written(lapse));
        passed.RecordedAt.ShouldBe(StoppedServer.Written(lapse));
    }

    /// <summary>When the calendar wakes next, once it has worked off all that was due and sleeps again.</summary>
    private static Task<DateTimeOffset> Armed(SimulatedClock clock) =>
        Patience.Until(
            () => Task.FromResult(clock.NextDue ?? DateTimeOffset.MinValue), due => due > clock.GetUtcNow(), "the calendar to sleep");
}
