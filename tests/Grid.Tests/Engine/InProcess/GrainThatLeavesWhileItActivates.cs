using Shouldly;
using Xunit;

namespace Grid.Tests.Engine.InProcess;

/// <summary>Orleans forwards such a call from one activation to the next and refuses it after a few; no grain of the grid does this.</summary>
public sealed class GrainThatLeavesWhileItActivates
{
    [Fact]
    public async Task ServesOneCallPerActivation()
    {
        await using var fixture = await EngineFixture.Start();

        var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => fixture.Probe("shy").Count())).WaitAsync(EngineFixture.Patience);
        await fixture.Seen("shy inactive", times: 3);

        counts.ShouldAllBe(count => count == 1);
        fixture.Witness.Count("shy active").ShouldBe(3);
    }
}
