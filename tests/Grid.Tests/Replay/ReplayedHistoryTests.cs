using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Rules;
using Grid.Server.Replay;
using Shouldly;
using Xunit;

namespace Grid.Tests.Replay;

/// <summary>
/// Real transactions, replayed through the whole server, give at every instant and window the results of an independent batch calculation: every
/// customer's values, scores and classes, and every count.
/// </summary>
public sealed class ReplayedHistoryTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("cdnow_sample", "30d, 90d, 180d, 365d", "8, 5, 3, 2", "160, 80, 40, 20")]
    [InlineData("cdnow_master", "30d, 90d, 180d, 365d", "8, 5, 3, 2", "160, 80, 40, 20")]
    [InlineData("rfm_data_orders", "115d, 181d, 297d, 482d", "8, 6, 5, 4", "666, 506, 382, 256")]
    public async Task EqualsTheBatchCalculation(string set, string recency, string frequency, string monetary)
    {
        var path = TestData.Require($"{set}.csv.gz");
        var expected = ExpectedCustomer.Read(TestData.Require("expected", $"{set}.customers.csv.gz"));
        var summaries = JsonDocument.Parse(File.ReadAllText(TestData.Require("expected", $"{set}.summary.json"))).RootElement.EnumerateArray().ToList();
        var windows = summaries.Select(Window).Distinct().ToList();
        var start = DateTimeOffset.Parse(TestData.Rows(path).First()[2], System.Globalization.CultureInfo.InvariantCulture);
        await using var replay = await ReplayedData.Start(path, start, BatchSchemes.For(windows, recency, frequency, monetary));

        var compared = 0;
        foreach (var asOf in summaries.Select(AsOf).Distinct())
        {
            await replay.Until(ReplayRequest.Until(asOf)!.Value);
            var rows = await Rows(replay);
            foreach (var summary in summaries.Where(summary => AsOf(summary) == asOf))
            {
                compared += CompareCustomers(rows, expected[(asOf, Window(summary))], $"{set} as of {asOf}, window {Window(summary)}");
                await CompareCounts(replay, summary, $"{set} as of {asOf}, window {Window(summary)}");
            }

            var audit = await replay.Of<Auditor>().Audit(TestContext.Current.CancellationToken);
            (audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((0, 0, 0), string.Join(", ", audit.Examples));
        }

        compared.ShouldBe(expected.Values.Sum(customers => customers.Count));
        output.WriteLine($"{set}: {compared} scored customers compared, 0 differences");
    }

    private static async Task<Dictionary<(string Customer, string Scheme), DumpRow>> Rows(ReplayedData replay)
    {
        var rows = new Dictionary<(string, string), DumpRow>();
        await foreach (var row in replay.Of<Dump>().Rows(TestContext.Current.CancellationToken)) rows.Add((row.Customer, row.Scheme), row);
        return rows;
    }

    /// <summary>Checks that every expected customer has these scores, and that no other customer is scored.</summary>
    private static int CompareCustomers(
        Dictionary<(string Customer, string Scheme), DumpRow> rows, Dictionary<string, ExpectedCustomer> expected, string where)
    {
        foreach (var customer in expected.Values)
        {
            var rank = rows[(customer.Id, $"rank-{customer.Window}")];
            var actual = $"{rank.RecencyDays} {rank.Frequency} {rank.Monetary} {rank.R}{rank.F}{rank.M} {rank.Layer}";
            actual.ShouldBe(
                $"{customer.RecencyDays} {customer.Frequency} {customer.Monetary} {customer.Rank} {customer.RankClass}",
                $"{where}: {customer.Id} by rank");
            var bands = rows[(customer.Id, $"fixed-{customer.Window}")];
            $"{bands.R}{bands.F}{bands.M} {bands.Layer}".ShouldBe($"{customer.Fixed} {customer.FixedClass}", $"{where}: {customer.Id} by bands");
        }

        var window = expected.Values.First().Window;
        rows.Values.Count(row => row.Scheme == $"rank-{window}" && row.Layer != "none").ShouldBe(expected.Count, where);
        return expected.Count;
    }

    private static async Task CompareCounts(ReplayedData replay, JsonElement summary, string where)
    {
        var window = Window(summary);
        var lifecycle = summary.GetProperty("lifecycle");
        var live = (await replay.Of<IGrainFactory>().Segment($"lifecycle-{window}").Snapshot()).Counts;
        live.GetValueOrDefault("new").ShouldBe(lifecycle.GetProperty("one_order_active").GetInt64(), where);
        live.GetValueOrDefault("loyal").ShouldBe(lifecycle.GetProperty("two_plus_active").GetInt64(), where);
        live.GetValueOrDefault("lost").ShouldBe(lifecycle.GetProperty("lost_none_in_window").GetInt64(), where);

        var baseline = replay.Of<CurrentRules>().Value.Baseline;
        foreach (var (rule, scheme) in new[] { ("rank", $"rank-{window}"), ("fixed", $"fixed-{window}") })
        {
            var rfm = replay.Of<CurrentRules>().Value.Rulebook.Find(scheme)!.Rfm!;
            var sums = summary.GetProperty("rules").GetProperty(rule).GetProperty("score_sums");
            foreach (var (measure, letter) in new[] { (rfm.Recency, "R"), (rfm.Frequency, "F"), (rfm.Monetary, "M") })
            {
                baseline.Of(measure).Population.ShouldBe(summary.GetProperty("scored").GetInt64(), $"{where}: {measure.Id}");
                baseline.Of(measure).ScoreSum.ShouldBe(sums.GetProperty(letter).GetInt64(), $"{where}: {measure.Id}");
            }

            await CompareClasses(replay, summary, rule, scheme, where);
        }

        await CompareTops(replay, summary, where);
    }

    private static async Task CompareClasses(ReplayedData replay, JsonElement summary, string rule, string scheme, string where)
    {
        var live = (await replay.Of<IGrainFactory>().Segment(scheme).Snapshot()).Counts;
        foreach (var expected in summary.GetProperty("rules").GetProperty(rule).GetProperty("classes").EnumerateObject())
            live.GetValueOrDefault(expected.Name).ShouldBe(expected.Value.GetInt64(), $"{where}: class {expected.Name} of {scheme}");
    }

    private static async Task CompareTops(ReplayedData replay, JsonElement summary, string where)
    {
        var scheme = replay.Of<CurrentRules>().Value.Rulebook.Find($"top-{Window(summary)}")!;
        var cuts = replay.Of<CurrentRules>().Value.Baseline.Of(scheme.Measures.Single());
        var live = (await replay.Of<IGrainFactory>().Segment(scheme.Id).Snapshot()).Counts;
        long above = 0;
        foreach (var (name, perMille, layer) in new[] { ("top10_spend", 100, "top10"), ("top20_spend", 200, "top20") })
        {
            var expected = summary.GetProperty(name);
            var cut = cuts.Tops.Single(top => top.PerMille == perMille);
            (cut.Nominal, cut.Threshold, cut.WithTies).ShouldBe(
                (expected.GetProperty("k").GetInt64(), expected.GetProperty("threshold").GetInt64(), expected.GetProperty("with_ties").GetInt64()),
                $"{where}: {name}");
            above += live.GetValueOrDefault(layer);
            above.ShouldBe(cut.WithTies, $"{where}: live count of {layer}");
        }
    }

    private static string AsOf(JsonElement summary) => summary.GetProperty("as_of").GetString()!;

    private static string Window(JsonElement summary) => summary.GetProperty("window").ToString();
}
