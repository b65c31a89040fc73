using System.Globalization;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Rules;
using Grid.Server.Replay;
using Shouldly;
using Xunit;

namespace Grid.Tests.Replay;

/// <summary>
/// Real transactions, replayed through the whole server under the compatibility modes, give every customer the scores of pandas, SQL and the R
/// package at every instant and window, and the classes that follow from them.
/// </summary>
public sealed class ScoresOfOtherToolsTests(ITestOutputHelper output)
{
    private static readonly string[] Modes = ["qcut", "ntile", "rfm-r", "rfm-r-cents"];

    [Theory]
    [InlineData("cdnow_sample")]
    [InlineData("cdnow_master")]
    [InlineData("rfm_data_orders")]
    public async Task AreGivenToEveryCustomer(string set)
    {
        var path = TestData.Require($"{set}.csv.gz");
        var expected = ExpectedCustomer.Read(TestData.Require("expected", $"{set}.customers.csv.gz"));
        var summaries = JsonDocument.Parse(File.ReadAllText(TestData.Require("expected", $"{set}.summary.json"))).RootElement;
        var bySnapshot = summaries.EnumerateArray().ToDictionary(
            summary => (summary.GetProperty("as_of").GetString()!, summary.GetProperty("window").ToString()));
        var start = DateTimeOffset.Parse(TestData.Rows(path).First()[2], CultureInfo.InvariantCulture);
        var windows = expected.Keys.Select(snapshot => snapshot.Window).Distinct();
        await using var replay = await ReplayedData.Start(path, start, BatchSchemes.OfTools(windows, Modes));

        var compared = 0;
        foreach (var asOf in expected.Keys.Select(snapshot => snapshot.AsOf).Distinct().Order(StringComparer.Ordinal))
        {
            await replay.Until(ReplayRequest.Until(asOf)!.Value);
            var rows = await Rows(replay);
            foreach (var (snapshot, customers) in expected.Where(entry => entry.Key.AsOf == asOf))
            {
                foreach (var mode in Modes)
                {
                    var where = $"{set} as of {asOf}, window {snapshot.Window}, {mode}";
                    FirstDifference(rows, customers, mode).ShouldBeNull(where);
                    await CompareClasses(replay, bySnapshot[snapshot], mode, where);
                }

                compared += customers.Count * Modes.Length;
            }

            var audit = await replay.Of<Auditor>().Audit(TestContext.Current.CancellationToken);
            (audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((0, 0, 0), string.Join(", ", audit.Examples));
        }

        compared.ShouldBe(Modes.Length * expected.Values.Sum(customers => customers.Count));
        output.WriteLine($"{set}: {compared} scores of customers compared, 0 differences");
    }

    private static async Task<Dictionary<(string Customer, string Scheme), DumpRow>> Rows(ReplayedData replay)
    {
        var rows = new Dictionary<(string, string), DumpRow>();
        await foreach (var row in replay.Of<Dump>().Rows(TestContext.Current.CancellationToken)) rows.Add((row.Customer, row.Scheme), row);
        return rows;
    }

    private static string? FirstDifference(
        Dictionary<(string Customer, string Scheme), DumpRow> rows, Dictionary<string, ExpectedCustomer> customers, string mode)
    {
        foreach (var customer in customers.Values)
        {
            var row = rows[(customer.Id, $"{mode}-{customer.Window}")];
            var given = $"{row.R}{row.F}{row.M}";
            if (given != customer.Tools[mode]) return $"{customer.Id} is given {given}, not {customer.Tools[mode]}";
        }

        return null;
    }

    /// <summary>Σ scores of the baseline and the live counts of the classes.</summary>
    private static async Task CompareClasses(ReplayedData replay, JsonElement summary, string mode, string where)
    {
        var rule = summary.GetProperty("rules").GetProperty(mode.Replace('-', '_'));
        var current = replay.Of<CurrentRules>().Value;
        var scheme = current.Rulebook.Find($"{mode}-{summary.GetProperty("window")}")!;
        var rfm = scheme.Rfm!;
        foreach (var (measure, letter) in new[] { (rfm.Recency, "R"), (rfm.Frequency, "F"), (rfm.Monetary, "M") })
            current.Baseline.Of(measure).ScoreSum.ShouldBe(rule.GetProperty("score_sums").GetProperty(letter).GetInt64(), $"{where}: {measure.Id}");
        var live = (await replay.Of<IGrainFactory>().Segment(scheme.Id).Snapshot()).Counts;
        foreach (var expected in rule.GetProperty("classes").EnumerateObject())
            live.GetValueOrDefault(expected.Name).ShouldBe(expected.Value.GetInt64(), $"{where}: class {expected.Name}");
    }
}
