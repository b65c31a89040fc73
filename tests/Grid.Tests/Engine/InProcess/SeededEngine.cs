using Grid.InProcess.Engine;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine.InProcess;

public sealed class SeededEngine
{
    [Fact]
    public async Task RepeatsAnInterleaving()
    {
        var first = await Interleaving(seed: 7);

        (await Interleaving(seed: 7)).ShouldBe(first);
    }

    [Fact]
    public async Task DrawsAnotherInterleavingFromAnotherSeed()
    {
        var interleavings = new HashSet<string>();
        for (var seed = 0; seed < 5; seed++)
            interleavings.Add(string.Join(',', await Interleaving(seed)));

        interleavings.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task KeepsOneActivationPerKey()
    {
        await using var fixture = await EngineFixture.Start(new EngineLimits(), seed: 3);

        await fixture.Engine.Run(async () => (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => fixture.Probe("a").Count())))
            .Order().ShouldBe(Enumerable.Range(1, 50)));

        fixture.Witness.Count("a activating").ShouldBe(1);
    }

    private static async Task<IReadOnlyList<string>> Interleaving(int seed)
    {
        await using var fixture = await EngineFixture.Start(new EngineLimits(), seed);
        await fixture.Engine.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await fixture.Probe($"g{i % 5}").Count();
            fixture.Witness.See($"{i} counted");
        })));
        return fixture.Witness.Seen;
    }
}
