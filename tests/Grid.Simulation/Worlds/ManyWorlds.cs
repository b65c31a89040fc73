using System.Collections.Concurrent;

namespace Grid.Simulation.Worlds;

/// <summary>The results of some worlds.</summary>
/// <param name="Failures">By seed.</param>
/// <param name="Trace">The combined trace of all worlds, independent of their order.</param>
internal sealed record ManyWorlds(IReadOnlyList<WorldResult> Failures, long Steps, long Changes, ulong Trace)
{
    /// <summary>Runs worlds of consecutive seeds, as many at a time as there are processors, each in one thread.</summary>
    /// <param name="endsEarly">Whether to stop at the first failure; which world that is depends on the machine's load.</param>
    public static ManyWorlds Run(int first, int count, Mutation mutation = Mutation.None, bool endsEarly = false)
    {
        var results = new ConcurrentBag<WorldResult>();
        Parallel.For(first, first + count, (seed, worlds) =>
        {
            var result = WorldRun.Run(seed, mutation);
            results.Add(result);
            if (endsEarly && result.Failure is not null) worlds.Stop();
        });
        return new ManyWorlds(
            [.. results.Where(result => result.Failure is not null).OrderBy(result => result.Seed)],
            results.Sum(result => result.Steps),
            results.Sum(result => (long)result.Changes),
            results.Aggregate(0UL, (trace, result) => trace ^ result.Trace));
    }
}
