using Grid.InProcess.Engine;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine.InProcess;

public sealed class StoppedEngine
{
    [Fact]
    public async Task RefusesCalls()
    {
        var fixture = await EngineFixture.Start();
        await fixture.Probe("a").Count();

        await fixture.Stop();

        (await fixture.Residents()).ShouldBe(0);
        await Should.ThrowAsync<OrleansMessageRejectionException>(() => fixture.Probe("late").Count());
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task DoesNotWaitForEverForAGrainThatDoesNotEnd()
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
}
