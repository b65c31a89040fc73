using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Server.Replay;
using Grid.Tests.Api;
using Grid.Tests.Replay;
using Shouldly;
using Xunit;

namespace Grid.Tests.Backtests;

/// <summary>
/// A backtest of real transactions, after a replay to their end, gives the results of an independent batch calculation at each instant.
/// </summary>
public sealed class BacktestedReplayTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EqualsTheBatchCalculationAtEveryInstant()
    {
        var path = TestData.Require("cdnow_sample.csv.gz");
        var summaries = JsonDocument.Parse(File.ReadAllText(TestData.Require("expected", "cdnow_sample.summary.json"))).RootElement
            .EnumerateArray().ToList();
        var windows = summaries.Select(Window).Distinct().ToList();
        var start = DateTimeOffset.Parse(TestData.Rows(path).First()[2], System.Globalization.CultureInfo.InvariantCulture);
        var schemes = BatchSchemes.For(windows, "30d, 90d, 180d, 365d", "8, 5, 3, 2", "160, 80, 40, 20");
        await using var replay = await ReplayedData.Start(path, start, schemes);
        var instants = summaries.Select(AsOf).Distinct().ToList();
        await replay.Until(ReplayRequest.Until(instants.Max(StringComparer.Ordinal))!.Value);

        using var http = new HttpClient { BaseAddress = replay.Address };
        var compared = 0;
        foreach (var asOf in instants)
        {
            var at = ReplayRequest.Until(asOf)!.Value.ToString();
            var answer = await http.PostAsJsonAsync("/v1/schemes/backtest", new { from = at, to = at });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            var backtest = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var counts = backtest.GetProperty("schemes").EnumerateArray().ToDictionary(
                scheme => scheme.Text("scheme")!,
                scheme => scheme.GetProperty("layers").EnumerateArray().ToDictionary(
                    layer => layer.Text("layer")!, layer => layer.GetProperty("counts")[0].GetInt64()));
            foreach (var summary in summaries.Where(summary => AsOf(summary) == asOf)) compared += Compare(summary, counts);
        }

        output.WriteLine($"{compared} counts of layers at {instants.Count} instants compared, 0 differences");
    }

    private static int Compare(JsonElement summary, Dictionary<string, Dictionary<string, long>> counts)
    {
        var compared = 3;
        var where = $"as of {AsOf(summary)}, window {Window(summary)}";
        var lifecycle = counts[$"lifecycle-{Window(summary)}"];
        var expected = summary.GetProperty("lifecycle");
        lifecycle.GetValueOrDefault("new").ShouldBe(expected.GetProperty("one_order_active").GetInt64(), where);
        lifecycle.GetValueOrDefault("loyal").ShouldBe(expected.GetProperty("two_plus_active").GetInt64(), where);
        lifecycle.GetValueOrDefault("lost").ShouldBe(expected.GetProperty("lost_none_in_window").GetInt64(), where);
        foreach (var rule in new[] { "rank", "fixed" })
        {
            foreach (var one in summary.GetProperty("rules").GetProperty(rule).GetProperty("classes").EnumerateObject())
            {
                counts[$"{rule}-{Window(summary)}"][one.Name].ShouldBe(one.Value.GetInt64(), $"{where}: class {one.Name} by {rule}");
                compared++;
            }
        }

        return compared;
    }

    private static string AsOf(JsonElement summary) => summary.GetProperty("as_of").GetString()!;

    private static string Window(JsonElement summary) => summary.GetProperty("window").ToString();
}
