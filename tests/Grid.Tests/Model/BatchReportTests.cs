using System.Globalization;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>Real transactions, evaluated by the model and compared with an independent batch calculation.</summary>
public sealed class BatchReportTests
{
    private static readonly string[] Windows = ["30", "90", "365", "all"];

    [Theory]
    [InlineData("cdnow_sample", "30d, 90d, 180d, 365d", "8, 5, 3, 2", "160, 80, 40, 20")]
    [InlineData("rfm_data_orders", "115d, 181d, 297d, 482d", "8, 6, 5, 4", "666, 506, 382, 256")]
    public void GivesTheSameScoresAndClassesForEveryCustomer(string set, string recency, string frequency, string monetary)
    {
        var orders = OrdersOf(TestData.Require($"{set}.csv.gz"));
        var answers = TestData.Rows(TestData.Require("expected", $"{set}.customers.csv.gz"));
        var rulebook = SomeSchemes.Rulebook(Windows.SelectMany(window => Schemes(window, recency, frequency, monetary)));
        var baseline = Baseline.None;
        var compared = 0;
        var states = orders.ToDictionary(customer => customer.Key, _ => (byte[]?)null);
        var before = Instant.Beginning;
        foreach (var snapshot in answers.GroupBy(row => row[0]).OrderBy(group => group.Key))
        {
            var day = DateTimeOffset.Parse(snapshot.Key, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var asOf = Instant.From(day.AddDays(1)).Plus(-1);
            foreach (var (customer, facts) in orders)
                Take(states, customer, [.. facts.Where(fact => fact.At > before && fact.At <= asOf)], asOf, new Rules(rulebook, baseline));
            var customers = states.Where(entry => entry.Value is not null).Select(entry => entry.Key).ToList();
            var measures = customers.Select(id => Life.Opened(states[id]!).Measures).ToList();
            baseline = Agreement.BaselineOf(measures, rulebook, baseline.Number + 1, asOf);
            foreach (var customer in customers) Take(states, customer, [], asOf, new Rules(rulebook, baseline));

            var opened = customers.ToDictionary(id => id, id => Life.Opened(states[id]!));
            var evaluated = new Snapshot(rulebook, baseline, (int)(day.ToUnixTimeSeconds() / 86_400));
            foreach (var window in Windows)
            {
                var scored = opened.Select(entry => evaluated.Row(entry.Key, entry.Value, window)).OfType<string>().ToList();
                var rows = snapshot.Where(row => row[1] == window).Select(Columns).ToList();
                var difference = scored.Except(rows).Concat(rows.Except(scored)).Order(StringComparer.Ordinal).Take(2).ToList();
                difference.ShouldBeEmpty($"{set} as of {snapshot.Key}, window {window}: customer,R,F,M,rank,fixed,classes");
                scored.Count.ShouldBe(rows.Count);
                compared += rows.Count;
            }

            before = asOf;
        }

        compared.ShouldBeGreaterThan(5_000);
    }

    /// <summary>Columns: customer, recency, frequency, monetary, rank scores, fixed scores, class by rank, class by fixed bounds.</summary>
    private static string Columns(string[] row) => string.Join(',', row[2], row[3], row[4], row[5], row[12], row[14], row[15], row[16]);

    private static void Take(Dictionary<string, byte[]?> states, string customer, IReadOnlyList<Fact> facts, Instant now, Rules rules)
    {
        if (states[customer] is null && facts.Count == 0) return;
        if (CustomerDecider.Decide(new CustomerId(customer), states[customer], facts, now, rules).Change is { } change) states[customer] = change.State;
    }

    private static Dictionary<string, List<Fact>> OrdersOf(string path) =>
        TestData.Rows(path).GroupBy(row => row[0]).ToDictionary(
            group => group.Key,
            group => group.Select(row => (Fact)new OrderPaid(
                Instant.From(DateTimeOffset.Parse(row[2], CultureInfo.InvariantCulture)),
                MessageKey.From(row[1]), row[1], long.Parse(row[3], CultureInfo.InvariantCulture))).ToList());

    private static IEnumerable<SchemeDefinition> Schemes(string window, string recency, string frequency, string monetary)
    {
        var written = window == "all" ? "all" : window + "d";
        yield return Classes($"rank-{window}", $"{{ window: {written}, scores: rank, highMargin: 0 }}");
        var bands = $"recency: {{ bands: [{recency}] }}, frequency: {{ bands: [{frequency}] }}, monetary: {{ bands: [{monetary}] }}";
        yield return Classes($"fixed-{window}", $"{{ window: {written}, scores: {{ {bands} }}, highMargin: 0 }}");
    }

    private static SchemeDefinition Classes(string id, string rfm)
    {
        string[] codes = ["111", "110", "101", "100", "011", "010", "001", "000"];
        string Bit(char bit) => bit == '1' ? "yes" : "no";
        var rules = codes.Select(code =>
            $"{code}: {{ all: [scored = yes, high.r = {Bit(code[0])}, high.f = {Bit(code[1])}, high.m = {Bit(code[2])}] }}");
        return SomeSchemes.Written(id, string.Join('\n', rules), "UTC", rfm);
    }

    /// <summary>The model's values of a customer at one instant, in the columns of the expected file.</summary>
    private sealed class Snapshot(Rulebook rulebook, Baseline baseline, int day)
    {
        /// <summary>Null for a customer that is not scored.</summary>
        public string? Row(string id, Customer customer, string window)
        {
            var (rank, rankLayer) = Scheme($"rank-{window}", customer);
            var (bands, bandsLayer) = Scheme($"fixed-{window}", customer);
            if (rankLayer == "rest") return null;
            var values = Dimensions(rank).Select(measure => ValueOf(customer, measure)).ToArray();
            var scores = $"{Scores(customer, rank)},{Scores(customer, bands)}";
            return string.Join(',', id, day - values[0], values[1], values[2], scores, rankLayer, bandsLayer);
        }

        private string Scores(Customer customer, Scheme scheme) =>
            string.Concat(Dimensions(scheme).Select(measure => baseline.Of(measure).Score(ValueOf(customer, measure), customer.Id)));

        private static Measure[] Dimensions(Scheme scheme) => [scheme.Rfm!.Recency, scheme.Rfm.Frequency, scheme.Rfm.Monetary];

        private long ValueOf(Customer customer, Measure measure) =>
            customer.Measures[Enumerable.Range(0, rulebook.Measures.Count).First(index => rulebook.Measures[index].Id == measure.Id)];

        private (Scheme Scheme, string Layer) Scheme(string id, Customer customer)
        {
            var index = Enumerable.Range(0, rulebook.Schemes.Count).First(position => rulebook.Schemes[position].Id == id);
            return (rulebook.Schemes[index], rulebook.Schemes[index].Layers[customer.Layers[index].Layer]);
        }
    }
}
