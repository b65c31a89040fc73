using Shouldly;
using Xunit;

namespace Grid.Simulation.Worlds;

/// <summary>
/// Seeded worlds in one thread each. A failure prints one line that repeats it; any number of them runs by
/// <c>dotnet run -c Release --project tests/Grid.Simulation -- worlds [--seed N] [--count N]</c>.
/// </summary>
public sealed class WorldsTests
{
    private const int Count = 2_000;
    private const int CountForBugs = 60;
    private const int FailuresShownMax = 5;

    [Fact]
    public void HoldInTwoThousandWorlds() =>
        string.Join('\n', ManyWorlds.Run(1, Count).Failures.Take(FailuresShownMax).Select(failure => failure.Line)).ShouldBeEmpty();

    [Fact]
    public void RepeatBitForBit()
    {
        var first = ManyWorlds.Run(1, 20);
        var again = ManyWorlds.Run(1, 20);
        again.Trace.ShouldBe(first.Trace);
        again.Steps.ShouldBe(first.Steps);
        again.Changes.ShouldBe(first.Changes);
    }

    [Theory]
    [InlineData(nameof(Mutation.DroppedHandover))]
    [InlineData(nameof(Mutation.StretchTakenTwice))]
    [InlineData(nameof(Mutation.NoVersionCheck))]
    [InlineData(nameof(Mutation.AnsweredBeforeCommitted))]
    [InlineData(nameof(Mutation.NoFence))]
    [InlineData(nameof(Mutation.NobodyWakes))]
    [InlineData(nameof(Mutation.NobodyMoves))]
    public void NoticeABug(string mutation) =>
        ManyWorlds.Run(1, CountForBugs, Enum.Parse<Mutation>(mutation), endsEarly: true).Failures.ShouldNotBeEmpty();
}
