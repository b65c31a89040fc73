using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public sealed class FailedActivation
{
    [Fact]
    public async Task FailsAllCallersThatWait()
    {
        await using var fixture = await EngineFixture.Start();
        fixture.Witness.FailActivationsOf("slow", fail: true);
        var calls = Enumerable.Range(0, 3).Select(_ => fixture.Probe("slow").Count()).ToList();
        await fixture.Seen("slow activating");
        await fixture.Settle();

        fixture.Witness.Open("slow activation");

        foreach (var call in calls)
            (await Should.ThrowAsync<InvalidOperationException>(() => call)).Message.ShouldBe("slow cannot be activated.");
        fixture.Witness.Count("slow activating").ShouldBe(1);
        fixture.Witness.Seen.ShouldNotContain(seen => seen.Contains("deactivating"));
    }

    [Fact]
    public async Task IsTriedAgainByTheNextCall()
    {
        await using var fixture = await EngineFixture.Start();
        var reference = fixture.Probe("a");
        fixture.Witness.FailActivationsOf("a", fail: true);
        await Should.ThrowAsync<InvalidOperationException>(() => reference.Count());

        fixture.Witness.FailActivationsOf("a", fail: false);

        (await reference.Count()).ShouldBe(1);
        (await fixture.Residents()).ShouldBe(1);
    }
}
