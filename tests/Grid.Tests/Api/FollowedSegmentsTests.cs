using System.Diagnostics;
using System.Text.Json;
using Grid.Api;
using Grid.Api.Segments;
using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Testing.Hub;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class FollowedSegmentsTests
{
    [Fact]
    public async Task ShowASnapshotThenChangesThatAddUpToTheTruth()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 20; customer++) await grid.Browse($"c{customer}");
        await grid.Counted();
        await using var hub = await HubConnection.Open(grid.Address);
        var counts = new Counted();
        await foreach (var frame in hub.Stream("Segments", [null]).Within(GridApplication.Patience))
        {
            counts.Take(frame);
            if (frame.Text("kind") == "snapshot")
            {
                counts.ShouldEqual(GridApplication.Fold(await grid.Log()));
                frame.GetProperty("speed").GetDouble().ShouldBe(1);
                for (var customer = 0; customer < 30; customer++) await grid.Order($"c{customer}");
                continue;
            }

            if (frame.Text("position") == grid.Ledger.Head.ToString()) break;
        }

        counts.ShouldEqual(GridApplication.Fold(await grid.Log()));
        counts.Population.ShouldBe(30);
    }

    [Fact]
    public async Task AreConflatedUnderTenThousandChangesAndRightInEveryFrame()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);
        var writing = Task.CompletedTask;
        var counts = new Counted();
        var seen = new List<(LogPosition Position, Dictionary<(string, string), long> Counts)>();
        var clock = Stopwatch.StartNew();
        await foreach (var frame in hub.Stream("Segments", [null]).Within(GridApplication.Patience))
        {
            counts.Take(frame);
            seen.Add((Position(frame), counts.Copy()));
            if (seen.Count == 1) writing = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => Write(grid, writer))));
            if (writing.IsCompleted && Position(frame).Equals(grid.Ledger.Head)) break;
        }

        clock.Stop();
        await writing;
        var log = await grid.Log();
        log.Count.ShouldBeGreaterThan(10_000);
        seen.Count.ShouldBeLessThanOrEqualTo((int)(clock.ElapsedMilliseconds / ApiLimits.FrameIntervalMilliseconds) + 2);
        foreach (var (position, then) in seen)
            Counted.ShouldEqual(then, GridApplication.Fold(log.Where(item => item.Sequence <= position[item.Lane])));
    }

    [Fact]
    public async Task OfChosenSchemesLeaveTheOthersOut()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);
        var schemes = new HashSet<string>();
        await foreach (var frame in hub.Stream("Segments", [new[] { "journey" }]).Within(GridApplication.Patience))
        {
            if (frame.Text("kind") == "snapshot") await grid.Order("c1");
            var parts = frame.Text("kind") == "snapshot" ? frame.GetProperty("schemes") : frame.GetProperty("changes");
            foreach (var part in parts.EnumerateArray()) schemes.Add(part.Text("scheme"));
            if (frame.GetProperty("population").GetInt64() == 1) break;
        }

        schemes.ShouldBe(["journey"]);
    }

    [Fact]
    public async Task SendAnEmptyFrameWithinASecondWhileNothingMoves()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);
        var frames = new List<JsonElement>();
        await foreach (var frame in hub.Stream("Segments", [null]).Within(GridApplication.Patience))
        {
            frames.Add(frame);
            if (frames.Count == 3) break;
        }

        frames[1].GetProperty("changes").GetArrayLength().ShouldBe(0);
        frames[2].GetProperty("changes").GetArrayLength().ShouldBe(0);
        var apart = DateTimeOffset.Parse(frames[2].Text("asOf")) - DateTimeOffset.Parse(frames[1].Text("asOf"));
        apart.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(ApiLimits.HeartbeatMilliseconds / 2));
    }

    [Fact]
    public async Task OfAnUnknownSchemeAreRefusedByName()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);

        var refused = await Should.ThrowAsync<HubError>(async () => await hub.Stream("Segments", [new[] { "astrology" }]).First());

        refused.Message.ShouldContain("There is no scheme 'astrology'.");
    }

    [Fact]
    public async Task AtDifferentPlacesOfTheLogAreBroughtToOne()
    {
        await using var grid = await GridApplication.Start(feeding: false);
        for (var customer = 0; customer < 10; customer++) await grid.Order($"c{customer}");
        var log = await grid.Log();
        var middle = new LogPosition(log[log.Count / 2].Sequence);
        foreach (var scheme in grid.Of<CurrentRules>().Value.Rulebook.Schemes)
        {
            var upTo = scheme.Id is "journey" or "rfm8" ? grid.Ledger.Head : middle;
            var part = log.Where(item => item.Sequence <= upTo[0] && item.Transition.Scheme == scheme.Id).Select(item => item.Transition);
            await grid.Of<IGrainFactory>().Segment(scheme.Id).Fold(new LogStretch("0", upTo.ToString(), [.. part]));
        }

        var counts = await grid.Of<SegmentReader>().Read(CancellationToken.None);

        counts.Position.ShouldBe(grid.Ledger.Head);
        var truth = GridApplication.Fold(log);
        foreach (var scheme in counts.Schemes)
            for (var layer = 0; layer < scheme.Counts.Length; layer++)
                scheme.Counts[layer].ShouldBe(truth.GetValueOrDefault((scheme.Scheme.Id, scheme.Scheme.Layers[layer])), scheme.Scheme.Id);
    }

    private static async Task Write(GridApplication grid, int writer)
    {
        for (var customer = 0; customer < 150; customer++)
        {
            await grid.Browse($"w{writer}-{customer}");
            await grid.Order($"w{writer}-{customer}");
            await grid.Order($"w{writer}-{customer}", 900_00);
        }
    }

    private static LogPosition Position(JsonElement frame)
    {
        LogPosition.TryParse(frame.Text("position"), out var position).ShouldBeTrue();
        return position;
    }
}
