using Grid.InProcess.Engine;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace Grid.Tests.InProcess;

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
}
