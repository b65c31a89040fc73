using Grid.Grains;
using Grid.Grains.Log;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

/// <summary>One process feeds the segments, then another, which is ahead in one lane of the log and behind in the other.</summary>
public sealed class SegmentsFedByTwoProcessesTests
{
    private readonly TwoLanes _log = new();

    [Fact]
    public async Task CountEachTransitionOnce()
    {
        for (var at = 1; at <= 40; at++) _log.Add(at % 2, at);
        await using var grid = await GridApplication.Start(feeding: false);
        var journey = grid.Of<IGrainFactory>().Segment("journey");
        var first = await _log.Tail(LogPosition.Start, 30, CancellationToken.None);
        first.Next.ToString().ShouldBe("20.10");
        await journey.Fold(new LogStretch("0", "20.10", [.. first.Items.Select(item => item.Transition)]));

        // All other segments are still at the start of the log.
        _log.Known = new LogPosition(15, 17);
        await Feed(grid, _log, _log.Known);
        var between = await journey.Snapshot();
        _log.Known = _log.Head;
        await Feed(grid, _log, _log.Head);

        (between.Position, between.Counts["new"]).ShouldBe(("20.17", 37));
        var all = await journey.Snapshot();
        (all.Position, all.Counts["new"]).ShouldBe(("20.20", 40));
    }

    [Fact]
    public async Task TakeNothingInThatEndsBeforeTheirPlace()
    {
        await using var grid = await GridApplication.Start(feeding: false);
        var journey = grid.Of<IGrainFactory>().Segment("journey");
        await journey.Fold(new LogStretch("0", "20.10", []));

        await Should.ThrowAsync<InvalidOperationException>(() => journey.Fold(new LogStretch("20.10", "15.17", [])));

        (await journey.Snapshot()).Position.ShouldBe("20.10");
    }

    [Fact]
    public async Task AreReadWhileTheLogGrowsAsFastAsItIsRead()
    {
        _log.GrowsWhenRead = true;
        await using var grid = await GridApplication.Start(feeding: false);
        using var feed = new SegmentFeed(
            _log, grid.Of<IGrainFactory>(), grid.Of<CurrentRules>(), TimeProvider.System, NullLogger<SegmentFeed>.Instance);
        using var stopping = new CancellationTokenSource();

        var counts = await feed.Counts(["journey", "lifecycle"], stopping.Token).WaitAsync(GridApplication.Patience);

        counts.Select(count => count.Position).Distinct().ShouldHaveSingleItem();
        counts[0].Counts["new"].ShouldBeGreaterThan(0);
        await stopping.CancelAsync();
    }

    /// <summary>Feeds as a process does that has just started.</summary>
    internal static async Task Feed(GridApplication grid, ILedger log, LogPosition upTo)
    {
        using var stopping = new CancellationTokenSource();
        using var feed = new SegmentFeed(
            log, grid.Of<IGrainFactory>(), grid.Of<CurrentRules>(), TimeProvider.System, NullLogger<SegmentFeed>.Instance);
        var feeding = feed.Run(stopping.Token);
        await feed.WaitFor(upTo, CancellationToken.None).WaitAsync(GridApplication.Patience);
        await stopping.CancelAsync();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
