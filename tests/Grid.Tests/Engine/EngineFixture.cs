using Grid.Grains.Clocks;
using Grid.Ledger;
using Grid.Ledger.Memory;
using Shouldly;

namespace Grid.Tests.Engine;

/// <summary>
/// Grains on the engine that the tests were built for, for one test. The folders InProcess and Orleans hold what differs: tests of shared
/// semantics see nothing of either.
/// </summary>
public sealed partial class EngineFixture : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a test waits for something that must happen before it fails by the name of what it waited for.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    public Witness Witness { get; } = new();

    /// <summary>What the timers of grains go by.</summary>
    public SimulatedClock Clock { get; } = new(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Where the persistent states of grains are kept.</summary>
    internal IStateRecords States { get; } = new MemoryLedger();

    public IProbeGrain Probe(string key) => Grains.GetGrain<IProbeGrain>(key);

    /// <summary>Moves the clock, timer by timer, with everything a timer sets off done before the next one.</summary>
    public Task Pass(TimeSpan time)
    {
        var start = Clock.GetUtcNow();
        var begun = TimeProvider.System.GetTimestamp();
        return Clock.AdvanceTo(start + time, () => Passed(Clock.GetUtcNow() - start, begun));
    }

    /// <summary>Until something is so that must become so.</summary>
    public static async Task Until(Func<bool> isSo, string what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(Patience, what);
            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
    }

    /// <summary>Until the witness has seen it.</summary>
    public Task Seen(string what, int times = 1) => Until(() => Witness.Count(what) >= times, $"{what}, {times} times");
}
