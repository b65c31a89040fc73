using Shouldly;
using Xunit;

namespace Grid.Simulation.Worlds;

/// <summary>
/// Seeded worlds in one thread each. A failure prints one line that repeats it; any number of them runs by
/// <c>dotnet run -c Release --project tests/Grid.Simulation -- worlds [--seed N] [--count N]</c>.
/// </summary>
public sealed class WorldsTests
{
    private const int Count = 20;

    [Fact]
    public void RepeatBitForBit()
    {
        var first = ManyWorlds.Run(1, Count);
        var again = ManyWorlds.Run(1, Count);
        again.Trace.ShouldBe(first.Trace);
        again.Steps.ShouldBe(first.Steps);
        again.Changes.ShouldBe(first.Changes);
    }
}
