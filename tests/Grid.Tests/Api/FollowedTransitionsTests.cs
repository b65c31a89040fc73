using System.Globalization;
using System.Text.Json;
using Grid.Api;
using Grid.Ledger.Memory;
using Grid.Testing.Hub;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class FollowedTransitionsTests
{
    [Fact]
    public async Task WithoutAPositionBeginWithTheLatestFifty()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 20; customer++) await grid.Order($"c{customer}");
        await using var hub = await HubConnection.Open(grid.Address);

        var frame = await hub.Stream("Transitions", [null, null]).First();

        Sequences(frame).ShouldBe((await grid.Log()).TakeLast(ApiLimits.LatestMax).Select(item => item.Sequence));
        frame.Text("position").ShouldBe(grid.Ledger.Head.ToString());
        frame.GetProperty("skipped").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task OfAFilterBeginWithTheLatestThatMatchHoweverFarBack()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("early");
        for (var customer = 0; customer < 300; customer++) await grid.Browse($"c{customer}");
        await using var hub = await HubConnection.Open(grid.Address);

        var frame = await hub.Stream("Transitions", [new { customer = "early", scheme = "journey" }, null]).First();

        var item = frame.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.Text("customer").ShouldBe("early");
        item.Text("scheme").ShouldBe("journey");
        item.GetProperty("from").ValueKind.ShouldBe(JsonValueKind.Null);
        item.Text("to").ShouldBe("first");
        item.Text("direction").ShouldBe("entry");
        item.GetProperty("cause").Text("kind").ShouldBe("event");
        item.GetProperty("cause").GetProperty("number").ValueKind.ShouldBe(JsonValueKind.Null);
        item.Text("effectiveAt").ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
    }

    [Fact]
    public async Task ContinueAfterLostConnectionsAndARestartWithNothingMissedOrDoubled()
    {
        var ledger = new MemoryLedger();
        var chance = new Random(20_240_301);
        var seen = new List<long>();
        var position = "0";
        for (var run = 0; run < 2; run++)
        {
            await using var grid = await GridApplication.Start(ledger);
            var application = run;
            var writing = Task.Run(() => Write(grid, application));
            do position = await FollowForAWhile(grid, position, chance.Next(1, 6), seen);
            while (!writing.IsCompleted || position != ledger.Head.ToString());
            await writing;
        }

        ledger.Head[0].ShouldBeGreaterThan(3_000);
        seen.ShouldBe(Enumerable.Range(1, (int)ledger.Head[0]).Select(sequence => (long)sequence));
    }

    [Fact]
    public async Task ShowOnlyWhatTheFilterAsksForAndMoveOnPastTheRest()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);
        var seen = new List<long>();
        var filter = new { scheme = "journey", layer = "first", direction = "upgrade" };
        await grid.Browse("c0");
        await foreach (var frame in hub.Stream("Transitions", [filter, "0"]).Within(GridApplication.Patience))
        {
            if (frame.Text("position") == "0") throw new InvalidOperationException("The position did not move past what does not match.");
            seen.AddRange(Sequences(frame));
            if (seen.Count == 0) await grid.Order("c0");
            else if (frame.Text("position") == grid.Ledger.Head.ToString()) break;
        }

        var wanted = (await grid.Log()).Where(item => item.Transition is { Scheme: "journey", From: "new", To: "first" });
        seen.ShouldBe(wanted.Select(item => item.Sequence));
        seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AtTheEndOfTheLogSayWhereTheyAreEachSecond()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("c1");
        await using var hub = await HubConnection.Open(grid.Address);
        var frames = new List<JsonElement>();
        await foreach (var frame in hub.Stream("Transitions", [new { customer = "nobody" }, null]).Within(GridApplication.Patience))
        {
            frames.Add(frame);
            if (frames.Count == 3) break;
        }

        frames.ShouldAllBe(frame => frame.GetProperty("items").GetArrayLength() == 0);
        frames.ShouldAllBe(frame => frame.Text("position") == grid.Ledger.Head.ToString());
    }

    [Theory]
    [InlineData("abc", "which is no position")]
    [InlineData("", "which is no position")]
    [InlineData("-1", "which is no position")]
    [InlineData("1..2", "which is no position")]
    [InlineData("999999999", "restored from an older copy")]
    [InlineData("0.5", "restored from an older copy")]
    public async Task AfterAWrongPositionAreRefused(string after, string reason)
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("c1");
        await using var hub = await HubConnection.Open(grid.Address);

        var refused = await Should.ThrowAsync<HubError>(async () => await hub.Stream("Transitions", [null, after]).First());

        refused.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("astrology", null, null, "there is no scheme 'astrology'")]
    [InlineData("journey", "lost", null, "there is no layer 'lost' in journey")]
    [InlineData(null, null, "sideways", "it is upgrade, downgrade, change, entry or exit")]
    public async Task OfAFilterThatCanNeverMatchAreRefused(string? scheme, string? layer, string? direction, string reason)
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);

        var refused = await Should.ThrowAsync<HubError>(
            async () => await hub.Stream("Transitions", [new { scheme, layer, direction }, null]).First());

        refused.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task BeyondTheLimitOfOneConnectionAreRefused()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address);
        var streams = new List<IAsyncEnumerator<JsonElement>>();
        for (var stream = 0; stream < ApiLimits.ConnectionStreamsMax; stream++)
        {
            var frames = hub.Stream("Transitions", [null, null]).GetAsyncEnumerator();
            streams.Add(frames);
            (await frames.MoveNextAsync()).ShouldBeTrue();
        }

        var refused = await Should.ThrowAsync<HubError>(async () => await hub.Stream("Transitions", [null, null]).First());

        refused.Message.ShouldContain("end one first");
        foreach (var frames in streams) await frames.DisposeAsync();
    }

    /// <summary>Reads a few frames on a connection of its own, then breaks it at any point.</summary>
    private static async Task<string> FollowForAWhile(GridApplication grid, string position, int frames, List<long> seen)
    {
        await using var hub = await HubConnection.Open(grid.Address);
        await foreach (var frame in hub.Stream("Transitions", [null, position]).Within(GridApplication.Patience))
        {
            seen.AddRange(Sequences(frame));
            position = frame.Text("position");
            if (--frames == 0 || position == grid.Ledger.Head.ToString()) break;
        }

        return position;
    }

    private static async Task Write(GridApplication grid, int run)
    {
        for (var customer = 0; customer < 150; customer++)
        {
            await grid.Browse($"run {run} customer {customer}");
            await grid.Order($"run {run} customer {customer}");
        }
    }

    private static IEnumerable<long> Sequences(JsonElement frame) =>
        frame.GetProperty("items").EnumerateArray().Select(item => long.Parse(item.Text("position"), CultureInfo.InvariantCulture));
}
