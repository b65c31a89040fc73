using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public sealed class TimersStopWithTheActivation
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task WhenItLeaves()
    {
        await using var fixture = await EngineFixture.Start();
        fixture.Witness.Open("a tick");
        await fixture.Probe("a").StartTimer(Second, Second);
        await fixture.Pass(3 * Second);
        fixture.Witness.Count("a tick").ShouldBe(3);

        await fixture.Probe("a").LeaveWhenIdle();
        await fixture.Pass(10 * Second);

        fixture.Witness.Count("a tick").ShouldBe(3);
        fixture.Witness.Count("a activating").ShouldBe(1);
    }

    [Fact]
    public async Task WhenATickWaitsBehindTheCallThatLeaves()
    {
        await using var fixture = await EngineFixture.Start();
        fixture.Witness.Open("a tick");
        await fixture.Probe("a").StartTimer(Second, Second);
        var call = fixture.Probe("a").WaitAt("gate");
        await fixture.Seen("gate begun");
        var leave = fixture.Probe("a").LeaveWhenIdle();
        await fixture.Pass(Second);
        fixture.Witness.Open("gate");
        await Task.WhenAll(call, leave);
        await fixture.Pass(10 * Second);

        // The tick had its turn before or never: it is not taken along to another activation.
        await EngineFixture.Until(() => fixture.Witness.Count("a activating") == fixture.Witness.Count("a inactive"), "all activations gone");
    }

    [Fact]
    public async Task OrWhenDisposed()
    {
        await using var fixture = await EngineFixture.Start();
        fixture.Witness.Open("a tick");
        await fixture.Probe("a").StartTimer(Second, Second);
        await fixture.Pass(Second);

        await fixture.Probe("a").StopTimer();
        await fixture.Pass(10 * Second);

        fixture.Witness.Count("a tick").ShouldBe(1);
    }

    [Fact]
    public async Task AndUntilThenOneTickFollowsTheEndOfTheOther()
    {
        await using var fixture = await EngineFixture.Start();
        await fixture.Probe("a").StartTimer(TimeSpan.Zero, Second);
        await fixture.Pass(5 * Second);
        fixture.Witness.Count("a tick").ShouldBe(1, "the first still waits at its gate");

        fixture.Witness.Open("a tick");
        await fixture.Settle();
        await fixture.Pass(2 * Second);

        fixture.Witness.Count("a tick").ShouldBe(3);
    }

    [Fact]
    public async Task AndTicksKeepAGrainFromBeingCollectedOnlyIfItSaysSo()
    {
        var times = new EngineTimes { IdleAge = TimeSpan.FromMinutes(10), CollectionPeriod = TimeSpan.FromMinutes(1) };
        await using var fixture = await EngineFixture.Start(times);
        fixture.Witness.Open("kept tick");
        fixture.Witness.Open("left tick");
        await fixture.Probe("kept").StartTimer(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2), keepAlive: true);
        await fixture.Probe("left").StartTimer(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2), keepAlive: false);

        await fixture.Pass(TimeSpan.FromMinutes(20));

        await fixture.Seen("left inactive");
        fixture.Witness.Count("kept inactive").ShouldBe(0);
    }
}
