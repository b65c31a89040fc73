using System.Collections.Concurrent;

namespace Grid.Simulation.Worlds;

/// <summary>What some worlds came to.</summary>
/// <param name="Failures">By seed.</param>
/// <param name="Trace">Of all of them, whatever their order.</param>
internal sealed record ManyWorlds(IReadOnlyList<WorldResult> Failures, long Steps, long Changes, ulong Trace)
{
    /// <summary>Runs worlds of consecutive seeds, as many at a time as there are processors, each in one thread.</summary>
    public static ManyWorlds Run(int first, int count, Mutation mutation = Mutation.None)
    {
        var results = new ConcurrentBag<WorldResult>();
        Parallel.For(first, first + count, seed => results.Add(WorldRun.Of(seed, mutation)));
        return new ManyWorlds(
            [.. results.Where(result => result.Failure is not null).OrderBy(result => result.Seed)],
            results.Sum(result => result.Steps),
            results.Sum(result => (long)result.Changes),
            results.Aggregate(0UL, (trace, result) => trace ^ result.Trace));
    }
}
