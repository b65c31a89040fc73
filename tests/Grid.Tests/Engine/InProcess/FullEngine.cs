using Grid.InProcess.Engine;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine.InProcess;

public sealed class FullEngine
{
    [Fact]
    public async Task RefusesACallToAGrainWithTooManyWaiting()
    {
        await using var fixture = await EngineFixture.Start(new EngineLimits { WaitingCallsPerGrainMax = 3 });
        var first = fixture.Probe("a").WaitAt("gate");
        await fixture.Settle();
        var waiting = Enumerable.Range(0, 3).Select(_ => fixture.Probe("a").Count()).ToList();

        await Should.ThrowAsync<LimitExceededException>(() => fixture.Probe("a").Count());

        fixture.Witness.Open("gate");
        await first;
        (await Task.WhenAll(waiting)).ShouldBe([1, 2, 3]);
        (await fixture.Probe("a").Count()).ShouldBe(4);
    }

    [Fact]
    public async Task RefusesANewActivationAtTwiceWhatMayStayWhenNoneIsIdle()
    {
        await using var fixture = await EngineFixture.Start(new EngineLimits { ResidentGrainsMax = 5 });
        var busy = Enumerable.Range(0, 10).Select(i => fixture.Probe($"g{i}").WaitAt("gate")).ToList();
        await fixture.Settle();

        await Should.ThrowAsync<LimitExceededException>(() => fixture.Probe("one more").Count());

        fixture.Witness.Open("gate");
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task ShedsNoGrainOfAClassThatIsKeptAlive()
    {
        await using var fixture = await EngineFixture.Start(new EngineLimits { ResidentGrainsMax = 1 });
        await fixture.Grains.GetGrain<IKeptGrain>("a").Count();
        await fixture.Grains.GetGrain<IKeptGrain>("b").Count();

        await fixture.Pass(TimeSpan.FromDays(1));

        (await fixture.Grains.GetGrain<IKeptGrain>("a").Count()).ShouldBe(2);
    }

    [Fact]
    public async Task ShedsTheLongestIdleFirst()
    {
        await using var fixture = await EngineFixture.Start(new EngineLimits { ResidentGrainsMax = 10 });
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
