using Grid.InProcess.Engine;
using Shouldly;
using Xunit;

namespace Grid.Tests.InProcess;

public sealed class CallsInACycle
{
    [Fact]
    public async Task TimeOutInsteadOfHanging()
    {
        var limits = new EngineLimits { ResponseTimeout = TimeSpan.FromSeconds(8) };
        await using var fixture = await EngineFixture.Start(limits);
        var cycle = fixture.Probe("a").CountThrough("b", "a");
        await fixture.Settle();

        await fixture.Pass(TimeSpan.FromSeconds(6));
        cycle.IsCompleted.ShouldBeFalse();
        await fixture.Pass(TimeSpan.FromSeconds(2));

        var thrown = await Should.ThrowAsync<TimeoutException>(() => cycle.WaitAsync(EngineFixture.Patience));
        thrown.Message.ShouldContain("did not answer within 00:00:08");
        thrown.Message.ShouldContain("ProbeGrain/");
        thrown.Message.ShouldContain("Count");
    }

    [Fact]
    public async Task LeaveTheirGrainsUsable()
    {
        await using var fixture = await EngineFixture.Start();
        var cycle = fixture.Probe("a").CountThrough("b", "a");
        await fixture.Settle();
        await fixture.Pass(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<TimeoutException>(() => cycle.WaitAsync(EngineFixture.Patience));

        await fixture.Probe("a").Count().WaitAsync(EngineFixture.Patience);
        await fixture.Probe("b").Count().WaitAsync(EngineFixture.Patience);
    }
}
