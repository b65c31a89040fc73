using Grid.Grains.Customers;
using Grid.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

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

    [Theory]
    [InlineData(FailureKind.Temporary)]
    [InlineData(FailureKind.Permanent)]
    public async Task WithWhatABrokenLedgerSays(FailureKind kind)
    {
        await using var fixture = await EngineFixture.Start();

        var thrown = await Should.ThrowAsync<LedgerException>(() => fixture.Probe("a").BreakLedger(kind, "the disk is full"));

        thrown.Kind.ShouldBe(kind);
        thrown.Message.ShouldBe("the disk is full");
    }

    [Fact]
    public async Task WithWhatAStaleCustomerSays()
    {
        await using var fixture = await EngineFixture.Start();

        var thrown = await Should.ThrowAsync<StaleCustomerException>(() => fixture.Probe("a").BeStale("c1"));

        thrown.Message.ShouldBe("The row of customer c1 is at version 8, so version 7 was not written.");
    }
}
