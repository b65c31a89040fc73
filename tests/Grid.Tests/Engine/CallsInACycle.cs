using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public sealed class CallsInACycle
{
    private static readonly EngineTimes Times = new() { ResponseTimeout = TimeSpan.FromMinutes(15) };

    [Fact]
    public async Task TimeOutInsteadOfHanging()
    {
        await using var fixture = await EngineFixture.Start(Times);
        var cycle = fixture.Probe("a").CountThrough("b", "a");
        await fixture.Pass(Times.ResponseTimeout / 10);
        cycle.IsCompleted.ShouldBeFalse();
        await fixture.Pass(Times.ResponseTimeout);

        var thrown = await Should.ThrowAsync<TimeoutException>(() => cycle.WaitAsync(EngineFixture.Patience));
        thrown.Message.ShouldContain("Count", Case.Sensitive, "it names the call that was not answered");
    }

    [Fact]
    public async Task LeaveTheirGrainsUsable()
    {
        await using var fixture = await EngineFixture.Start(Times);
        var cycle = fixture.Probe("a").CountThrough("b", "a");
        await fixture.Settle();
        await fixture.Pass(Times.ResponseTimeout);
        await Should.ThrowAsync<TimeoutException>(() => cycle.WaitAsync(EngineFixture.Patience));

        await fixture.Probe("a").Count().WaitAsync(EngineFixture.Patience);
        await fixture.Probe("b").Count().WaitAsync(EngineFixture.Patience);
    }

    [Fact]
    public async Task AreToldFromThoseThatMayTakeLonger()
    {
        await using var fixture = await EngineFixture.Start(Times);
        var call = fixture.Probe("a").WaitLongThrough("b", "gate");
        await fixture.Seen("gate begun");

        await fixture.Pass(Times.ResponseTimeout * 1.5);
        call.IsCompleted.ShouldBeFalse();
        fixture.Witness.Open("gate");

        await call.WaitAsync(EngineFixture.Patience);
    }
}
