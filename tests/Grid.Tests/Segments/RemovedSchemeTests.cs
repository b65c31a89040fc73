using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Time;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

/// <summary>
/// A later rulebook has removed a scheme: its history is available, its members are not, and an unknown scheme gets another answer.
/// </summary>
public sealed class RemovedSchemeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StillAnswersForItsHistory()
    {
        await using var grid = await Begun();
        var existed = grid.Now.Plus(-MillisecondsPer.Hour);
        var later = grid.Now.Plus(-1);
        await Remove(grid);

        var migration = await Ask(grid, $"/v1/segments/local/migration?from={existed}&to={later}");
        migration.GetProperty("arrivals").GetArrayLength().ShouldBeGreaterThan(0);
        var since = await Ask(grid, $"/v1/segments/local/migration?from={later}");
        since.GetProperty("departures").EnumerateArray().Sum(one => one.GetProperty("count").GetInt64()).ShouldBe(2);
        var flows = await Ask(grid, "/v1/segments/local/flows?per=hour");
        flows.GetProperty("series").EnumerateArray().Sum(one => one.GetProperty("total").GetInt64()).ShouldBeGreaterThanOrEqualTo(4);
        var transitions = await Ask(grid, "/v1/transitions?scheme=local");
        transitions.GetProperty("items").EnumerateArray().Count(item => item.Text("direction") == "exit").ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/value")]
    [InlineData("/forecast")]
    [InlineData("/export")]
    public async Task SaysOfItsMembersWhoRemovedIt(string question)
    {
        await using var grid = await Begun();
        await Remove(grid);

        var removed = await Refused(grid, $"/v1/segments/local{question}");
        removed.Text("detail").ShouldBe("The scheme 'local' was removed by rulebook #2. Its transitions, flows and migration are still available.");
        removed.GetProperty("removedBy").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/value")]
    [InlineData("/forecast")]
    [InlineData("/export")]
    [InlineData("/flows")]
    [InlineData("/migration?from=2026-01-01")]
    public async Task IsNotOneThatNeverWas(string question)
    {
        await using var grid = await Begun();
        await Remove(grid);
        (await Refused(grid, $"/v1/segments/astrology{question}")).Text("detail").ShouldBe("There is no scheme 'astrology'.");
    }

    [Fact]
    public async Task IsCountedEmptyByAProcessThatBeginsAfterwards()
    {
        await using var grid = await Begun(feeding: false);
        var local = grid.Of<IGrainFactory>().Segment("local");
        await Feed(grid);
        (await local.Snapshot()).Counts.Values.Sum().ShouldBe(2);
        await Publish(grid);

        await Feed(grid);

        var emptied = await local.SnapshotWithFlows([new FlowStretch(MillisecondsPer.Hour, 0, long.MaxValue)]);
        emptied.Counts.Values.ShouldAllBe(count => count == 0);
        emptied.Flows.Where(flow => flow.To is null).Sum(flow => flow.Count).ShouldBe(2);
    }

    private static async Task<GridApplication> Begun(bool feeding = true)
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        var grid = await GridApplication.Start(feeding: feeding, time: clock, schemes: [Written.Calendar("Asia/Shanghai"), Kept]);
        clock.Advance(TimeSpan.FromHours(2));
        await grid.Order("a");
        await grid.Order("b");
        clock.Advance(TimeSpan.FromMinutes(1));
        return grid;
    }

    private static SchemeSource Kept => Written.Calendar("Asia/Tokyo") with
    {
        File = "kept.yaml",
        Yaml = Written.Calendar("Asia/Tokyo").Yaml.Replace("id: local", "id: kept"),
    };

    private static async Task Remove(GridApplication grid)
    {
        await Publish(grid);
        await grid.Counted();
    }

    private static async Task Publish(GridApplication grid)
    {
        const string request = """{ "remove": ["local.yaml"], "author": "tester" }""";
        (await grid.Http.PostAsync("/v1/rulebooks", new StringContent(request, Encoding.UTF8, "application/json"), Cancellation))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        await grid.Migrated();
    }

    private static Task Feed(GridApplication grid) => SegmentsFedByTwoProcessesTests.Feed(grid, grid.Of<ILedger>(), grid.Of<ILedger>().Head);

    private static Task<JsonElement> Ask(GridApplication grid, string question) => grid.Http.GetFromJsonAsync<JsonElement>(question, Cancellation);

    private static async Task<JsonElement> Refused(GridApplication grid, string question)
    {
        var answer = await grid.Http.GetAsync(question, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
