using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>A published cut-off stays while the population has hardly left it, and is exact with a margin of 0.</summary>
public sealed class SettledCutsTests
{
    /// <summary>Larger populations of which five customers are a whole number of millionths.</summary>
    private static readonly int[] Sizes = [50, 100, 125, 200, 250];

    private static readonly OrderMetric Spend = new(OrderSum.Spend, Window.All, false) { Text = "spend" };

    [Theory]
    [InlineData(3_000, 1_000, 50, 4, 50)]
    [InlineData(2_951, 1_000, 50, 4, 50)]
    [InlineData(2_949, 1_000, 50, 4, 51)]
    [InlineData(2_901, 1_000, 50, 4, 99)]
    [InlineData(2_900, 1_000, 50, 4, 100)]
    [InlineData(2_899, 1_000, 50, 4, 50)]
    [InlineData(2_951, 1_000, 50, 3, 48)]
    [InlineData(2_999, 1_000, 50, 3, 0)]
    [InlineData(3_000, 1_000, 50, 3, 50)]
    [InlineData(2_999, 1_000, 0, 4, 0)]
    [InlineData(3_000, 1_000, 0, 3, 0)]
    [InlineData(14, 5, 50, 4, 50)]
    [InlineData(1_000, 1_000, 50, 6, 50)]
    public void KeepsWhatWasHighByTheNearestMargin(long sum, long population, int nominal, int before, int margin) =>
        MeanScore.SettledMargin(population, sum, nominal, before).ShouldBe(margin);

    [Fact]
    public void KeepsTheHighScoreOfAnyMeanWithinTheMargin()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            long population = random.Next(1, 5_000);
            var sum = random.NextInt64(population, 5 * population + 1);
            var (nominal, before) = (random.Next(0, 200), random.Next(2, 7));
            var margin = MeanScore.SettledMargin(population, sum, nominal, before);
            var kept = Enumerable.Range(0, 2 * nominal + 1).Where(one => MeanScore.LeastHigh(population, sum, one) == before).ToList();
            var expected = kept.Count == 0 ? nominal : kept.MinBy(one => Math.Abs(one - nominal));
            margin.ShouldBe(expected, $"{sum} of {population}, {nominal}, {before}");
        }
    }

    /// <summary>A bound stays while it is the exact one of some share within the margin; checked against a search of all such shares.</summary>
    [Fact]
    public void KeepsBoundsAndTopsThatAreExactForAShareWithinTheMargin()
    {
        var random = new Random(11);
        var (held, left) = (0, 0);
        for (var round = 0; round < 100; round++)
        {
            var margins = new Margins(50, random.Next(3) * 150);
            var measure = new RankedMetric(Spend, Window.All, BaselinePolicy.Continuous, margins);
            var spread = random.Next(2, 80);
            long[] Values() => [.. Enumerable.Range(0, random.Next(3) == 0 ? Sizes[random.Next(Sizes.Length)] : random.Next(1, 40))
                .Select(_ => (long)random.Next(spread))];
            var then = Ranking.Compute(measure, Values(), [], [100, 500], Instant.Beginning);
            var values = Values();
            var exact = Ranking.Compute(measure, [.. values], [], [100, 500], Instant.Beginning);
            var now = Ranking.Compute(measure, [.. values], [], [100, 500], Instant.Beginning, then);
            for (var index = 0; index < 4; index++)
            {
                var reached = Reached(values, then.Bounds[index]);
                var isBetween = (index == 0 || then.Bounds[index] >= exact.Bounds[index - 1]) && (index == 3 || then.Bounds[index] <= exact.Bounds[index + 1]);
                var shares = Shares(margins.Cut, 200_000 * (index + 1), values.Length);
                var stays = margins.Cut > 0 && isBetween && shares.Any(share => Bound(values, share) == reached);
                now.Bounds[index].ShouldBe(stays ? then.Bounds[index] : exact.Bounds[index], $"round {round}, bound {index}");
                if (stays && then.Bounds[index] != exact.Bounds[index]) held++;
                else left++;
            }

            now.Bounds.ShouldBe(now.Bounds.Order());
            if (margins.Cut == 0) Ranked(now).ShouldBe(Ranked(exact));
            now.ScoreSum.ShouldBe(values.Sum(value => (long)now.Score(value, new("c"))));
            foreach (var top in now.Tops) top.WithTies.ShouldBe(values.Count(value => value >= top.Threshold));
        }

        held.ShouldBeGreaterThan(10);
        left.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void DerivesExactlyWithoutCutsFromBefore()
    {
        var measure = new RankedMetric(Spend, Window.All, BaselinePolicy.Continuous);
        var cuts = Ranking.Compute(measure, [1, 2, 3, 4, 5], [], [200], Instant.Beginning, Baseline.None.Of(measure));
        cuts.Bounds.ShouldBe([2, 3, 4, 5]);
        (cuts.HighMargin, cuts.HighFrom, cuts.Tops[0].Threshold).ShouldBe((50, 4, 5));
    }

    /// <summary>What decides with this bound: the bound itself where it is a value, else the next larger value.</summary>
    private static long Reached(long[] values, long bound) => values.Where(value => value >= bound).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Shares in millionths within the margin of a fifth, which is at least five customers, but at most half of the fifth.</summary>
    private static IEnumerable<int> Shares(int margin, int share, int population)
    {
        var off = Math.Max(200 * margin, Math.Min(5_000_000 / population, 100_000));
        for (var one = share - off; one <= share + off; one += 250) yield return one;
    }

    private static long Bound(long[] values, int millionths) => values
        .Where(value => 1_000_000L * values.Count(other => other < value) >= (long)values.Length * millionths).DefaultIfEmpty(long.MaxValue).Min();

    private static string Ranked(Cutoffs cuts) => $"{string.Join(' ', cuts.Bounds)} {string.Join(' ', cuts.Tops.Select(top => top.Threshold))}";
}
