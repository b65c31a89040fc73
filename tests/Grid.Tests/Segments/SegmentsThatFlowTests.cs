using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains.Clocks;
using Grid.Grains.Segments;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

public sealed class SegmentsThatFlowTests
{
    [Fact]
    public async Task TellDayByDayWhoMoved()
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock);
        foreach (var customer in new[] { "c1", "c2", "c3" }) await grid.Browse(customer);
        clock.Advance(TimeSpan.FromDays(1));
        await grid.Order("c1");
        await grid.Order("c2");
        clock.Advance(TimeSpan.FromDays(2));
        await grid.Order("c1");
        await grid.Counted();

        var all = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/journey/flows?per=day&from=2026-06-01");
        var middle = await grid.Http.GetFromJsonAsync<JsonElement>(
            "/v1/segments/journey/flows?per=day&from=2026-06-02T23:00:00Z&to=2026-06-04T00:00:00Z");
        var minutes = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/journey/flows?per=minute&to=2027-01-01");

        Starts(all).ShouldBe(["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"]);
        SeriesOf(all).ShouldBe(["->new 3: 3,0,0,0", "new->first 2: 0,2,0,0", "first->repeat 1: 0,0,0,1"]);
        Starts(middle).ShouldBe(["2026-06-02", "2026-06-03"]);
        SeriesOf(middle).ShouldBe(["new->first 2: 2,0"]);
        minutes.GetProperty("starts").GetArrayLength().ShouldBe(61);
        minutes.GetProperty("series").EnumerateArray().Single().GetProperty("counts")[60].GetInt64().ShouldBe(1);
        minutes.Text("position").ShouldBe(grid.Ledger.Head.ToString());
        minutes.Text("keptFrom").ShouldBe("2026-06-04T03:00:00.000Z");
    }

    [Theory]
    [InlineData("per=year", "per")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=32", "to")]
    [InlineData("from=2026-06-02&to=2026-06-01", "to")]
    public async Task NameAWrongParameter(string query, string parameter)
    {
        await using var grid = await GridApplication.Start();

        var response = await grid.Http.GetAsync($"/v1/segments/journey/flows?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("place").ShouldBe(parameter);
    }

    [Fact]
    public void KeepEveryMinuteHourAndDayThatTheyPromiseAndNoMore()
    {
        var chance = new Random(7);
        var state = new SegmentState();
        state.Upgrade(new Instant(0));
        var truth = new List<(long At, string? From, string To)>();
        long now = 0;
        for (var step = 0; step < 4_000; step++)
        {
            now += chance.Next(3) == 0 ? chance.NextInt64(3 * MillisecondsPer.Day) : chance.NextInt64(MillisecondsPer.Minute);

            // Lanes of the log are not in step, so that now and then an older one comes after a newer.
            var at = Math.Max(0, now - (chance.Next(10) == 0 ? chance.NextInt64(2 * MillisecondsPer.Hour) : 0));
            var (from, to) = (chance.Next(4) == 0 ? null : $"{chance.Next(3)}", $"{chance.Next(3)}");
            truth.Add((at, from, to));
            state.Fold(Moved(from, to, at));
            if (step % 50 == 0) state.Prune(new Instant(now));
            if (step % 500 == 499) state = JsonSerializer.Deserialize<SegmentState>(JsonSerializer.Serialize(state))!;
        }

        state.Prune(new Instant(now));
        foreach (var (length, kept) in new[] { (MillisecondsPer.Minute, 61), (MillisecondsPer.Hour, 169), (MillisecondsPer.Day, 400) })
        {
            var begin = (now / length - kept + 1) * length;
            var wanted = truth.Where(moved => moved.At >= begin).GroupBy(moved => (moved.At / length * length, moved.From, moved.To))
                .Select(group => (group.Key.Item1, group.Key.From, (string?)group.Key.To, (long)group.Count()));
            state.FlowsWithin(new FlowStretch(length, 0, long.MaxValue)).Select(flow => (flow.Start, flow.From, flow.To, flow.Count))
                .ShouldBe(wanted, ignoreOrder: true);
            state.KeptFrom(length, new Instant(now)).Milliseconds.ShouldBe(begin);
        }

        state.Series.ShouldAllBe(series => series.Counts.Count <= 400);
    }

    [Fact]
    public void GoOnFromWhatAnOlderBuildStored()
    {
        const long day = 20_000 * MillisecondsPer.Day;
        var now = new Instant(day + (10 * MillisecondsPer.Hour) + 5);
        var stored = $$"""
            {
              "Position": "12", "Counts": { "a": 3, "b": 4 },
              "Flows": [
                { "Start": {{day + (9 * MillisecondsPer.Hour)}}, "Length": 3600000, "From": "a", "To": "b", "Count": 2 },
                { "Start": {{day + (8 * MillisecondsPer.Hour)}}, "Length": 3600000, "From": "a", "To": "b", "Count": 5 },
                { "Start": {{day - MillisecondsPer.Hour}}, "Length": 3600000, "From": null, "To": "a", "Count": 1 },
                { "Start": {{day + (10 * MillisecondsPer.Hour)}}, "Length": 60000, "From": "a", "To": "b", "Count": 1 }
              ]
            }
            """;

        var state = JsonSerializer.Deserialize<SegmentState>(stored)!;
        state.Upgrade(now);
        state = JsonSerializer.Deserialize<SegmentState>(JsonSerializer.Serialize(state))!;
        state.Upgrade(now.Plus(MillisecondsPer.Day));
        state.Fold(Moved("a", "b", now.Milliseconds));

        state.Position.ShouldBe("12");
        state.Counts.ShouldBe(new Dictionary<string, long> { ["a"] = 2, ["b"] = 5 });
        state.Flows.ShouldBeEmpty();
        state.FlowsWithin(new FlowStretch(MillisecondsPer.Day, 0, long.MaxValue)).ShouldBe(
            [new Flow(day, MillisecondsPer.Day, "a", "b", 8), new Flow(day - MillisecondsPer.Day, MillisecondsPer.Day, null, "a", 1)],
            ignoreOrder: true);
        state.FlowsWithin(new FlowStretch(MillisecondsPer.Minute, 0, long.MaxValue)).Single().Count.ShouldBe(2);
        state.KeptFrom(MillisecondsPer.Day, now).Milliseconds.ShouldBe(day - (14 * MillisecondsPer.Hour));
    }

    private static Transition Moved(string? from, string to, long at) =>
        new(new CustomerId("c"), "s", from, to, Direction.Upgrade, new Cause(CauseKind.Event), new Instant(at), new Instant(at));

    private static IEnumerable<string> Starts(JsonElement answer) =>
        answer.GetProperty("starts").EnumerateArray().Select(start => start.GetString()![..10]);

    private static IEnumerable<string> SeriesOf(JsonElement answer) => answer.GetProperty("series").EnumerateArray().Select(series =>
        $"{series.GetProperty("from").GetString()}->{series.Text("to")} {series.GetProperty("total").GetInt64()}: "
        + string.Join(',', series.GetProperty("counts").EnumerateArray().Select(count => count.GetInt64())));
}
