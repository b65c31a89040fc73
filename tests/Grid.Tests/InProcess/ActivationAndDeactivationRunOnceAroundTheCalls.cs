using Grid.InProcess.Engine;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace Grid.Tests.InProcess;

public sealed class ActivationAndDeactivationRunOnceAroundTheCalls
{
    [Fact]
    public async Task EvenWhenCallsComeWhileActivating()
    {
        await using var fixture = await EngineFixture.Start();
        var calls = Enumerable.Range(0, 10).Select(_ => fixture.Probe("slow").Count()).ToList();
        await fixture.Settle();
        calls.ShouldAllBe(call => !call.IsCompleted);

        fixture.Witness.Open("slow activation");

        (await Task.WhenAll(calls)).ShouldBe(Enumerable.Range(1, 10));
        fixture.Witness.Seen.ShouldBe(["slow activating", "slow active"]);
        fixture.Witness.Open("slow deactivation");
    }

    [Fact]
    public async Task EvenWhenLeavingIsAskedForTwice()
    {
        await using var fixture = await EngineFixture.Start();
        var waiting = fixture.Probe("a").WaitAt("gate");
        var calls = new[] { fixture.Probe("a").LeaveWhenIdle(), fixture.Probe("a").LeaveWhenIdle() };
        await fixture.Settle();
        fixture.Witness.Open("gate");
        await waiting;
        await Task.WhenAll(calls);
        await fixture.Settle();

        fixture.Witness.Seen.Take(6).ShouldBe([
            "a activating", "a active", "gate begun", "gate ended", "a deactivating ApplicationRequested", "a inactive",
        ]);
        fixture.Witness.Count("a activating").ShouldBe(fixture.Witness.Count("a inactive"));
    }

    [Fact]
    public async Task EvenWhenAGrainAsksToLeaveWhileItActivates()
    {
        await using var fixture = await EngineFixture.Start();

        var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => fixture.Probe("shy").Count())).WaitAsync(EngineFixture.Patience);
        await fixture.Settle();

        counts.ShouldAllBe(count => count == 1);
        fixture.Witness.Count("shy active").ShouldBe(3);
        fixture.Witness.Count("shy inactive").ShouldBe(3);
    }

    [Fact]
    public async Task AndStoppingDeactivatesAll()
    {
        var fixture = await EngineFixture.Start();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => fixture.Probe($"g{i}").Count()));

        await fixture.Stop();

        fixture.Witness.Seen.Count(seen => seen.EndsWith("deactivating ShuttingDown", StringComparison.Ordinal)).ShouldBe(20);
        fixture.Engine.ResidentGrains.ShouldBe(0);
        await Should.ThrowAsync<OrleansMessageRejectionException>(() => fixture.Probe("late").Count());
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task AndStoppingDoesNotWaitForEverForAGrainThatDoesNotEnd()
    {
        var limits = new EngineLimits { StopTimeout = TimeSpan.FromSeconds(5) };
        var fixture = await EngineFixture.Start(limits);
        var stuck = fixture.Probe("a").WaitAt("gate");
        await fixture.Settle();

        var stopping = fixture.Stop();
        stopping.IsCompleted.ShouldBeFalse();
        fixture.Clock.Advance(limits.StopTimeout);

        await stopping.WaitAsync(EngineFixture.Patience);
        fixture.Witness.Open("gate");
        await stuck;
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task AndADeactivationThatHangsIsGivenUp()
    {
        var limits = new EngineLimits { DeactivationTimeout = TimeSpan.FromSeconds(5) };
        await using var fixture = await EngineFixture.Start(limits);
        fixture.Witness.Open("slow activation");
        await fixture.Probe("slow").Count();
        await fixture.Probe("slow").LeaveWhenIdle();
        var next = fixture.Probe("slow").Count();
        await fixture.Settle();
        next.IsCompleted.ShouldBeFalse();

        fixture.Clock.Advance(limits.DeactivationTimeout);

        (await next.WaitAsync(EngineFixture.Patience)).ShouldBe(1);
    }
}
