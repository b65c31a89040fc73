using Shouldly;
using Xunit;

namespace Grid.Tests.InProcess;

public sealed class ExceptionsTravel
{
    [Fact]
    public async Task ToTheCaller()
    {
        await using var fixture = await EngineFixture.Start();

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => fixture.Probe("a").Throw("on purpose"));

        thrown.Message.ShouldBe("on purpose");
    }

    [Fact]
    public async Task WhenThrownBeforeThereIsATask()
    {
        await using var fixture = await EngineFixture.Start();
        await fixture.Probe("a").Count();

        var call = fixture.Probe("a").ThrowAtOnce("on purpose");

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => call.AsTask());
        thrown.Message.ShouldBe("on purpose");
    }

    [Fact]
    public async Task AndLeaveTheGrainAsItWas()
    {
        await using var fixture = await EngineFixture.Start();
        await fixture.Probe("a").Count();

        await Should.ThrowAsync<InvalidOperationException>(() => fixture.Probe("a").Throw("on purpose"));
        await Should.ThrowAsync<InvalidOperationException>(() => fixture.Probe("a").ThrowAtOnce("on purpose").AsTask());

        (await fixture.Probe("a").Count()).ShouldBe(2);
    }

    [Fact]
    public async Task ThroughAnotherGrain()
    {
        await using var fixture = await EngineFixture.Start();
        fixture.Witness.FailActivationsOf("far", fail: true);

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => fixture.Probe("near").CountThrough("far", "far"));

        thrown.Message.ShouldBe("far cannot be activated.");
    }
}
