using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Tests.Model.Reference;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>Populations of every small size, many with ties, ranked in integers and by the formulas of the domain.</summary>
public sealed class RandomPopulationsTests
{
    private static readonly CustomerId Anyone = new("anyone");
    private static readonly int[] PerMilles = [1, 100, 125, 200, 333, 500, 600, 999, 1000];

    [Fact]
    public void AreCutAsDefined() => Each((seed, values, cuts) =>
        cuts.Bounds.ShouldBe(ReferencePopulation.CutsOf(values), $"seed {seed}"));

    [Fact]
    public void ScoreByTheirRank() => Each((seed, values, cuts) =>
    {
        foreach (var value in values)
        {
            var less = values.Count(other => other < value);
            cuts.Score(value, Anyone).ShouldBe(1 + (5 * less / values.Length), $"seed {seed}, value {value}");
        }
    });

    [Fact]
    public void HaveHighScoresAboveTheirMean() => Each((seed, values, cuts) =>
    {
        var sum = values.Sum(value => (long)cuts.Score(value, Anyone));
        cuts.Population.ShouldBe(values.Length);
        cuts.ScoreSum.ShouldBe(sum, $"seed {seed}");
        foreach (var value in values)
            cuts.IsHigh(value, Anyone).ShouldBe((long)cuts.Score(value, Anyone) * values.Length > sum, $"seed {seed}, value {value}");
    });

    [Fact]
    public void CountTiesAmongTheirTop() => Each((seed, values, cuts) =>
    {
        foreach (var top in cuts.Tops)
        {
            var nominal = (int)Math.Ceiling(values.Length * top.PerMille / 1000m);
            top.Nominal.ShouldBe(nominal, $"seed {seed}");
            var least = nominal == 0 ? long.MaxValue : values.OrderDescending().ElementAt(nominal - 1);
            top.WithTies.ShouldBe(values.Count(value => value >= least), $"seed {seed}, {top.PerMille} ‰");
            foreach (var value in values)
                cuts.IsTop(value, top.PerMille).ShouldBe(value >= least, $"seed {seed}, {top.PerMille} ‰ of {value}");
        }
    });

    [Fact]
    public void OfScoresHaveTheirMean()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var scores = Enumerable.Range(0, random.Next(1, 40)).Select(_ => (long)random.Next(1, 6)).ToArray();
            var cuts = Ranking.Average("bands", scores);
            foreach (var score in scores)
            {
                cuts.Score(score, Anyone).ShouldBe((int)score);
                cuts.IsHigh(score, Anyone).ShouldBe(score * scores.Length > scores.Sum(), $"seed {seed}, score {score}");
            }
        }
    }

    private static void Each(Action<int, long[], Cutoffs> holds)
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var count = seed < 200 ? seed / 20 : random.Next(120);
            var spread = random.Next(4) switch { 0 => 1, 1 => 3, 2 => 12, _ => 100_000 };
            var values = Enumerable.Range(0, count).Select(_ => (long)random.Next(spread) - 1).ToArray();
            holds(seed, values, Ranking.Rank("rank", [.. values], PerMilles));
        }
    }
}
