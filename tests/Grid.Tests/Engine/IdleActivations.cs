using Orleans;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public interface IKeptGrain : IGrainWithStringKey
{
    Task<int> Count();
}

[KeepAlive]
internal sealed class KeptGrain : Grain, IKeptGrain
{
    private int _count;

    public Task<int> Count() => Task.FromResult(++_count);
}

public sealed class IdleActivations
{
    private static readonly EngineTimes Times = new() { IdleAge = TimeSpan.FromMinutes(10), CollectionPeriod = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task AreCollectedAtTheirAge()
    {
        await using var fixture = await EngineFixture.Start(Times);
        await fixture.Probe("a").Count();

        await fixture.Pass(TimeSpan.FromMinutes(4));
        (await fixture.Residents()).ShouldBe(1);
        await fixture.Pass(TimeSpan.FromMinutes(7));

        await fixture.Seen("a inactive");
        fixture.Witness.Seen.ShouldContain("a deactivating ActivationIdle");
        (await fixture.Probe("a").Count()).ShouldBe(1);
    }

    [Fact]
    public async Task AreNotThoseThatAreUsed()
    {
        await using var fixture = await EngineFixture.Start(Times);
        for (var use = 1; use <= 5; use++)
        {
            (await fixture.Probe("a").Count()).ShouldBe(use);
            await fixture.Pass(TimeSpan.FromMinutes(4));
        }
    }

    [Fact]
    public async Task AreNotThoseWithACallUnderWay()
    {
        await using var fixture = await EngineFixture.Start(Times);
        await fixture.Probe("a").Count();
        var call = fixture.Probe("a").WaitAt("gate");

        await fixture.Pass(TimeSpan.FromMinutes(30));

        (await fixture.Residents()).ShouldBe(1);
        fixture.Witness.Open("gate");
        await call;
        await fixture.Pass(TimeSpan.FromMinutes(30));
        await fixture.Seen("a inactive");
    }

    [Fact]
    public async Task AreNotThoseOfAClassThatIsKeptAlive()
    {
        await using var fixture = await EngineFixture.Start(Times);
        await fixture.Grains.GetGrain<IKeptGrain>("a").Count();
        await fixture.Grains.GetGrain<IKeptGrain>("b").Count();

        await fixture.Pass(TimeSpan.FromHours(1));

        (await fixture.Grains.GetGrain<IKeptGrain>("a").Count()).ShouldBe(2);
    }
}
