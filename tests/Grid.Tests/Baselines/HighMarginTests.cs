using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Rulebooks.Reading;
using Grid.Tests.Model;
using Grid.Tests.Model.Histories;
using Grid.Tests.Schemes.Files;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>A score is high when it exceeds the mean by more than a margin: (1000·score − margin)·n &gt; 1000·Σ scores.</summary>
public sealed class HighMarginTests
{
    [Theory]
    [InlineData(5, 15, 0, 4)]
    [InlineData(5, 15, 50, 4)]
    [InlineData(6, 17, 0, 3)]
    [InlineData(1_001, 3_002, 0, 3)]
    [InlineData(1_001, 3_002, 50, 4)]
    [InlineData(100, 295, 50, 4)]
    [InlineData(100, 294, 50, 3)]
    [InlineData(100, 295, 49, 3)]
    [InlineData(10, 50, 0, 6)]
    [InlineData(10, 49, 50, 5)]
    [InlineData(10, 49, 100, 6)]
    [InlineData(10, 30, 1_000, 5)]
    [InlineData(1, 1, 50, 2)]
    [InlineData(1_000_000_000_000_000_000, 3_000_000_000_000_000_000, 50, 4)]
    [InlineData(1_000_000_000_000_000_000, 2_949_999_999_999_999_999, 50, 3)]
    public void GivesTheLeastScoreThatIsHigh(long population, long sum, int margin, int least) =>
        MeanScore.LeastHigh(population, sum, margin).ShouldBe(least);

    [Theory]
    [InlineData("", 50)]
    [InlineData(", highMargin: 0", 0)]
    [InlineData(", highMargin: 0.05", 50)]
    [InlineData(", highMargin: 0.125", 125)]
    [InlineData(", highMargin: 1", 1_000)]
    public void IsReadFromTheScheme(string written, int margin)
    {
        var yaml = SchemeText.With(4, $"rfm: {{ window: 90d, scores: rank{written} }}\nlayers:");
        SchemeFile.Read("a.yaml", yaml).Scheme!.Rfm!.HighMargin.ShouldBe(margin);
    }

    [Theory]
    [InlineData("-0.05")]
    [InlineData("1.5")]
    [InlineData("0.0005")]
    [InlineData("5%")]
    [InlineData("high")]
    public void IsRefusedWithItsPlace(string written)
    {
        var fault = SchemeFile.Read("a.yaml", SchemeText.With(4, $"rfm: {{ window: 90d, scores: rank, highMargin: \"{written}\" }}\nlayers:"))
            .Faults.ShouldHaveSingleItem();
        fault.ToString().ShouldStartWith("a.yaml:4:");
        fault.Message.ShouldContain("from 0 to 1");
    }

    [Fact]
    public void KeepsThoseWhoScoreTheMeanWhereTheyAreWhenANewcomerComes()
    {
        // The mean of 1,000 rank scores is 3, of 1,001 it is 2.999.
        foreach (var (margin, moves) in new[] { (0, true), (50, false) })
        {
            var rulebook = SomeSchemes.Rulebook([SomeSchemes.Written(
                "s0", "high: high.m = yes", rfm: $"{{ window: all, scores: rank, highMargin: {margin / 1000m} }}")]);
            var measure = rulebook.Find("s0")!.Rfm!.Monetary;
            Cutoffs Of(int count) => Ranking.Compute(measure, [.. Enumerable.Range(1, count).Select(value => value * 100L)], [], [], Instant.Beginning);
            var (then, now) = (Of(1_000), Of(1_001));
            var someone = new CustomerId("c");
            now.DecidesLike(then, 50_000, someone, CutoffReadings.High).ShouldBe(!moves, $"margin {margin}");
            now.CutsLike(then).ShouldBeFalse();
        }
    }

    /// <summary>A ledger of a build without margins: its cut-offs stay as published until the next baseline, which writes the transitions.</summary>
    [Fact]
    public void ComesIntoForceWithTheNextBaseline()
    {
        var scheme = SomeSchemes.Written("s0", "high: high.m = yes", rfm: "{ window: all, scores: rank }");
        var rulebook = SomeSchemes.Rulebook([scheme]);
        var bounds = new long[] { 100, 200, 10_000, 20_000 };
        Baseline Published(int number, int margin) => new(number, Instant.Beginning,
            [.. rulebook.Measures.Select(measure => new Cutoffs(measure.Id, 1_001, bounds, 3_002, []) { HighMargin = margin })]);
        var life = new Life(new Rules(rulebook, Published(1, margin: 0)));
        life.Take(ASimpleLife.Start, ASimpleLife.Order(ASimpleLife.Start, "o1", 5_000));
        life.LayerOf("s0").ShouldBe("high");

        var next = Published(2, Margins.Default.High);
        next.Cuts[0].CutsLike(life.Rules.Baseline.Cuts[0]).ShouldBeFalse();
        life.Rules = new Rules(rulebook, next);
        life.Take(ASimpleLife.Day(1));

        life.LayerOf("s0").ShouldBe("rest");
        life.Transitions[^1].Cause.ShouldBe(new Cause(CauseKind.Baseline, 2));
    }

    [Fact]
    public void IsPartOfTheNameOfAMeasureUnlessItIsTheDefault()
    {
        string[] Ids(string margin) => [.. SomeSchemes.Rulebook([SomeSchemes.Written(
            "s0", "high: high.m = yes", rfm: $"{{ window: 90d, scores: rank{margin} }}")]).Measures.Select(measure => measure.Id)];
        Ids(", highMargin: 0.05").ShouldBe(Ids(""));
        Ids(", highMargin: 0").ShouldBe([.. Ids("").Select(id => id + " margin 0 cut margin 0")]);
    }
}
