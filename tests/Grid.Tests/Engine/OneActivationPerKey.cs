using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public sealed class OneActivationPerKey
{
    [Fact]
    public async Task HoldsWhenManyCallAtOnce()
    {
        await using var fixture = await EngineFixture.Start();
        const int callers = 200;

        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => fixture.Probe("a").Count())));

        counts.Order().ShouldBe(Enumerable.Range(1, callers));
        fixture.Witness.Count("a activating").ShouldBe(1);
    }

    [Fact]
    public async Task GivesEachKeyItsOwn()
    {
        await using var fixture = await EngineFixture.Start();

        await fixture.Probe("a").Count();

        (await fixture.Probe("b").Count()).ShouldBe(1);
        (await fixture.Probe("b").Key()).ShouldBe("b");
    }

    [Fact]
    public async Task SendsCallsThatReachALeavingActivationToTheNextOneAfterIt()
    {
        await using var fixture = await EngineFixture.Start();
        var slow = fixture.Probe("slow");
        fixture.Witness.Open("slow activation");
        await slow.Count();
        await slow.LeaveWhenIdle();
        await fixture.Seen("slow deactivating ApplicationRequested");

        var late = slow.Count();
        await fixture.Settle();
        fixture.Witness.Count("slow activating").ShouldBe(1, "the first is still deactivating");
        fixture.Witness.Open("slow deactivation");

        (await late).ShouldBe(1);
        fixture.Witness.Seen.ShouldBe([
            "slow activating", "slow active",
            "slow deactivating ApplicationRequested", "slow inactive",
            "slow activating", "slow active",
        ]);
    }

    [Fact]
    public async Task IsFoundAnewByAReferenceThatRemembersOneThatLeft()
    {
        await using var fixture = await EngineFixture.Start();
        var reference = fixture.Probe("a");
        await reference.Count();
        await reference.LeaveWhenIdle();
        await fixture.Seen("a inactive");

        (await reference.Count()).ShouldBe(1);
        (await fixture.Probe("a").Count()).ShouldBe(2);
    }

    [Fact]
    public async Task MakesReferencesOfOneKeyEqual()
    {
        await using var fixture = await EngineFixture.Start();

        fixture.Probe("a").ShouldBe(fixture.Probe("a"));
        fixture.Probe("a").ShouldNotBe(fixture.Probe("b"));
    }
}
