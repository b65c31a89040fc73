using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>
/// Populations of every small size, many with ties: cut-offs in integers, compared with scores by the definitions of other tools in fractions.
/// </summary>
public sealed class PopulationsCutByOtherToolsTests
{
    private static readonly Metric Orders = new OrderMetric(OrderSum.Orders, Window.All, false) { Text = "orders" };

    [Theory]
    [InlineData(ScoreMode.Qcut)]
    [InlineData(ScoreMode.RfmR)]
    [InlineData(ScoreMode.RfmRCents)]
    public void ScoreByTheirQuantiles(ScoreMode mode) => Each((seed, values, customers) =>
    {
        foreach (var step in new long[] { 1, 100 })
        {
            var cuts = Cut(new RankedMetric(Orders, Window.All, mode, step, BaselinePolicy.Continuous), values, customers);
            var quantiles = Quantiles(values);
            var scores = values.Select(value => 1 + quantiles.Count(q => mode == ScoreMode.Qcut ? value > q : value >= q + step)).ToList();
            values.Select((value, index) => cuts.Score(value, customers[index])).ShouldBe(scores, $"seed {seed}");
            cuts.ScoreSum.ShouldBe(scores.Sum(), $"seed {seed}");
        }
    });

    [Theory]
    [InlineData(ScoreMode.Qcut)]
    [InlineData(ScoreMode.RfmR)]
    public void ScoreTheAgeOfTheirLastOrderTurnedRound(ScoreMode mode) => Each((seed, values, customers) =>
    {
        const long today = 200_000;
        var cuts = Cut(new RankedRecency(Window.All, LocalDays.Utc, mode, BaselinePolicy.Continuous), values, customers);
        var ages = values.Select(value => today - value).ToArray();
        var quantiles = Quantiles(ages);
        var scores = ages.Select(age => 5 - quantiles.Count(q => mode == ScoreMode.Qcut ? age > q : age >= q + 1));
        values.Select((value, index) => cuts.Score(value, customers[index])).ShouldBe(scores, $"seed {seed}");
    });

    [Fact]
    public void FallIntoTilesInTheOrderOfTheirIdsWhereTheyTie() => Each((seed, values, customers) =>
    {
        var cuts = Cut(new RankedMetric(Orders, Window.All, ScoreMode.Ntile, 1, BaselinePolicy.Continuous), values, customers);
        var rows = Enumerable.Range(0, values.Length).OrderBy(index => values[index]).ThenBy(index => customers[index]).ToList();
        long sum = 0;
        for (var tile = 1; tile <= 5; tile++)
        {
            var rowsOfTile = values.Length / 5 + (tile <= values.Length % 5 ? 1 : 0);
            foreach (var row in rows.Take(rowsOfTile))
                cuts.Score(values[row], customers[row]).ShouldBe(tile, $"seed {seed}, {values[row]} of {customers[row]}");
            rows.RemoveRange(0, rowsOfTile);
            sum += rowsOfTile * tile;
        }

        cuts.ScoreSum.ShouldBe(sum, $"seed {seed}");
    });

    [Fact]
    public void SayWhoseScoreMovesFromOneCutToTheNext() => Each((seed, values, customers) =>
    {
        foreach (var mode in Enum.GetValues<ScoreMode>())
        {
            var measure = new RankedMetric(Orders, Window.All, mode, 1, BaselinePolicy.Continuous);
            var then = Cut(measure, values, customers);
            var now = Cut(measure, values[(values.Length / 3)..], customers[(values.Length / 3)..]);
            for (var index = 0; index < values.Length; index++)
            {
                var (value, customer) = (values[index], customers[index]);
                var score = then.Score(value, customer) == now.Score(value, customer);
                var high = then.IsHigh(value, customer) == now.IsHigh(value, customer);
                var top = then.IsTop(value, 200) == now.IsTop(value, 200);
                bool Alike(CutoffReadings reads) => now.DecidesLike(then, value, customer, reads);
                (Alike(CutoffReadings.None), Alike(CutoffReadings.Scores), Alike(CutoffReadings.High), Alike(CutoffReadings.Scores | CutoffReadings.High))
                    .ShouldBe((top, top && score, top && high, top && score && high), $"seed {seed}, {mode}");
                if (now.CutsLike(then)) (top && score && high).ShouldBeTrue($"seed {seed}, {mode}");
            }
        }
    });

    [Fact]
    public void TellEachCustomerTheLeastValueOfAScore() => Each((seed, values, customers) =>
    {
        var cuts = Cut(new RankedMetric(Orders, Window.All, ScoreMode.Ntile, 1, BaselinePolicy.Continuous), values, customers);
        foreach (var customer in customers)
        {
            for (var score = 2; score <= 5 && cuts.Least(score, customer) < long.MaxValue; score++)
            {
                cuts.Score(cuts.Least(score, customer), customer).ShouldBeGreaterThanOrEqualTo(score, $"seed {seed}");
                cuts.Score(cuts.Least(score, customer) - 1, customer).ShouldBeLessThan(score, $"seed {seed}");
            }
        }
    });

    /// <summary>The exact type-7 quantiles at 1/5 to 4/5; decimals represent fifths exactly.</summary>
    private static decimal[] Quantiles(long[] values)
    {
        if (values.Length == 0) return [];
        var sorted = values.Order().ToList();
        return
        [
            .. Enumerable.Range(1, 4).Select(k =>
            {
                var place = (values.Length - 1) * k / 5m;
                var low = (int)decimal.Floor(place);
                return sorted[low] + (place - low) * (sorted[Math.Min(low + 1, sorted.Count - 1)] - sorted[low]);
            }),
        ];
    }

    private static Cutoffs Cut(Measure measure, long[] values, CustomerId[] customers) =>
        Ranking.Compute(measure, [.. values], customers, [200], Instant.Beginning);

    private static void Each(Action<int, long[], CustomerId[]> holds)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var count = seed < 100 ? seed / 10 : random.Next(120);
            var spread = random.Next(4) switch { 0 => 1, 1 => 3, 2 => 12, _ => 100_000 };
            var values = Enumerable.Range(0, count).Select(_ => (long)random.Next(spread) - 1).ToArray();
            var letters = new[] { "a", "é", "用", "\ud83d\ude00", "\uffee" };
            var customers = values.Select((_, index) => new CustomerId($"{letters[random.Next(letters.Length)]}{index}")).ToArray();
            random.Shuffle(customers);
            holds(seed, values, customers);
        }
    }
}
