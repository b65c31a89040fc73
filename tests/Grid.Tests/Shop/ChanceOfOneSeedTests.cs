using Grid.Shop;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

/// <summary>Each distribution's mean and variance against its formulas, within a few per cent of 200,000 draws.</summary>
public sealed class ChanceOfOneSeedTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(0.2426, 4.4135)]
    [InlineData(1, 2)]
    [InlineData(6.2488, 0.5)]
    public void DrawsGamma(double shape, double rate)
    {
        var chance = new Chance(new Random(3));
        Check(() => chance.Gamma(shape, rate), shape / rate, shape / (rate * rate));
    }

    [Theory]
    [InlineData(0.7929, 2.4258)]
    [InlineData(5, 2)]
    public void DrawsBeta(double a, double b)
    {
        var chance = new Chance(new Random(4));
        Check(() => chance.Beta(a, b), a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1)));
    }

    [Fact]
    public void DrawsExponential()
    {
        var chance = new Chance(new Random(5));
        Check(() => chance.Exponential(3), 3, 9);
    }

    [Fact]
    public void DrawsGeometric()
    {
        var chance = new Chance(new Random(6));
        Check(() => chance.Geometric(1.5, int.MaxValue), 1.5, 1.5 * 2.5);
    }

    [Fact]
    public void DrawsWeights()
    {
        var chance = new Chance(new Random(7));
        double[] weights = [1, 3, 6];
        var counts = new int[3];
        for (var draw = 0; draw < Draws; draw++) counts[chance.Weighted(weights)]++;
        for (var index = 0; index < 3; index++) ((double)counts[index] / Draws).ShouldBe(weights[index] / 10, 0.005);
    }

    private static void Check(Func<double> draw, double mean, double variance)
    {
        var values = new double[Draws];
        for (var index = 0; index < Draws; index++) values[index] = draw();
        var found = values.Average();
        found.ShouldBe(mean, 4 * Math.Sqrt(variance / Draws));
        values.Average(value => (value - found) * (value - found)).ShouldBe(variance, 0.06 * variance);
    }
}
