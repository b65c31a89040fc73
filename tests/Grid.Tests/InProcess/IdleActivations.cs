using Grid.InProcess.Engine;
using Orleans;
using Shouldly;
using Xunit;

namespace Grid.Tests.InProcess;

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
    private static readonly EngineLimits Limits = new() { IdleAge = TimeSpan.FromMinutes(10), CollectionPeriod = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task AreCollectedAtTheirAge()
    {
        await using var fixture = await EngineFixture.Start(Limits);
        await fixture.Probe("a").Count();

        await fixture.Pass(TimeSpan.FromMinutes(9));
        fixture.Engine.ResidentGrains.ShouldBe(1);
        await fixture.Pass(TimeSpan.FromMinutes(2));

        fixture.Witness.Seen.ShouldContain("a deactivating ActivationIdle");
        fixture.Engine.ResidentGrains.ShouldBe(0);
        (await fixture.Probe("a").Count()).ShouldBe(1);
    }

    [Fact]
    public async Task AreNotThoseThatAreUsed()
    {
        await using var fixture = await EngineFixture.Start(Limits);
        for (var use = 1; use <= 5; use++)
        {
            (await fixture.Probe("a").Count()).ShouldBe(use);
            await fixture.Pass(TimeSpan.FromMinutes(6));
        }
    }

    [Fact]
    public async Task AreNotThoseWithACallUnderWay()
    {
        await using var fixture = await EngineFixture.Start(Limits);
        await fixture.Probe("a").Count();
        var call = fixture.Probe("a").WaitAt("gate");

        await fixture.Pass(TimeSpan.FromMinutes(30));

        fixture.Engine.ResidentGrains.ShouldBe(1);
        fixture.Witness.Open("gate");
        await call;
        await fixture.Pass(TimeSpan.FromMinutes(30));
        fixture.Engine.ResidentGrains.ShouldBe(0);
    }

    [Fact]
    public async Task AreNotThoseOfAClassThatIsKeptAlive()
    {
        await using var fixture = await EngineFixture.Start(Limits with { ResidentGrainsMax = 1 });
        await fixture.Grains.GetGrain<IKeptGrain>("a").Count();
        await fixture.Grains.GetGrain<IKeptGrain>("b").Count();

        await fixture.Pass(TimeSpan.FromDays(1));

        (await fixture.Grains.GetGrain<IKeptGrain>("a").Count()).ShouldBe(2);
    }

    [Fact]
    public async Task AreShedLongestIdleFirstWhenThereAreTooMany()
    {
        await using var fixture = await EngineFixture.Start(Limits with { ResidentGrainsMax = 10 });
        for (var i = 0; i < 10; i++)
        {
            await fixture.Probe($"g{i}").Count();
            if (i == 4)
                await fixture.Pass(TimeSpan.FromMinutes(2));
        }

        await fixture.Probe("one more").Count();
        await fixture.Settle();
        await fixture.Pass(TimeSpan.FromMinutes(1));

        fixture.Engine.ResidentGrains.ShouldBe(9);
        var shed = fixture.Witness.Seen.Where(seen => seen.EndsWith("deactivating HighMemoryPressure", StringComparison.Ordinal));
        shed.Select(seen => seen.Split(' ')[0]).ShouldAllBe(key => string.CompareOrdinal(key, "g5") < 0);
    }
}
