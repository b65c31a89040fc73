using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

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

        (await Task.WhenAll(calls)).Order().ShouldBe(Enumerable.Range(1, 10));
        fixture.Witness.Seen.ShouldBe(["slow activating", "slow active"]);
        fixture.Witness.Open("slow deactivation");
    }

    [Fact]
    public async Task EvenWhenLeavingIsAskedForTwice()
    {
        await using var fixture = await EngineFixture.Start();
        var waiting = fixture.Probe("a").WaitAt("gate");
        await fixture.Seen("gate begun");
        var calls = new[] { fixture.Probe("a").LeaveWhenIdle(), fixture.Probe("a").LeaveWhenIdle() };
        await fixture.Settle();
        fixture.Witness.Open("gate");
        await waiting;
        await Task.WhenAll(calls);
        await EngineFixture.Until(() => fixture.Witness.Count("a activating") == fixture.Witness.Count("a inactive"), "all activations gone");

        fixture.Witness.Seen.Take(6).ShouldBe([
            "a activating", "a active", "gate begun", "gate ended", "a deactivating ApplicationRequested", "a inactive",
        ]);
    }

    [Fact]
    public async Task AndStoppingDeactivatesAll()
    {
        var fixture = await EngineFixture.Start();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => fixture.Probe($"g{i}").Count()));

        await fixture.Stop();

        fixture.Witness.Seen.Count(seen => seen.EndsWith("deactivating ShuttingDown", StringComparison.Ordinal)).ShouldBe(20);
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task AndADeactivationThatHangsIsGivenUp()
    {
        var times = new EngineTimes { DeactivationTimeout = TimeSpan.FromMinutes(5) };
        await using var fixture = await EngineFixture.Start(times);
        fixture.Witness.Open("slow activation");
        await fixture.Probe("slow").Count();
        await fixture.Probe("slow").LeaveWhenIdle();
        await fixture.Seen("slow deactivating ApplicationRequested");
        var next = fixture.Probe("slow").Count();
        await fixture.Settle();
        next.IsCompleted.ShouldBeFalse();

        await fixture.Pass(times.DeactivationTimeout);

        (await next.WaitAsync(EngineFixture.Patience)).ShouldBe(1);
    }
}
