namespace Grid.Shop;

/// <summary>Samples the shop's distributions from one seeded source.</summary>
internal sealed class Chance(Random random)
{
    /// <summary>Uniform in (0, 1], so that its logarithm is finite.</summary>
    public double Uniform() => 1.0 - random.NextDouble();

    public bool Happens(double probability) => random.NextDouble() < probability;

    /// <summary>Uniform in [0, <paramref name="bound"/>).</summary>
    public int Below(int bound) => random.Next(bound);

    public double Exponential(double mean) => -mean * Math.Log(Uniform());

    /// <summary>A geometric number of repetitions: 0, 1, … with the given mean, at most <paramref name="max"/>.</summary>
    public int Geometric(double mean, int max)
    {
        var again = mean / (1 + mean);
        var count = 0;
        while (count < max && Happens(again)) count++;
        return count;
    }

    /// <summary>The index of one of the weights, each as likely as its share in their sum.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var rest = random.NextDouble() * total;
        for (var index = 0; index < weights.Length - 1; index++)
        {
            rest -= weights[index];
            if (rest < 0) return index;
        }

        return weights.Length - 1;
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Gamma with mean shape / rate. Marsaglia and Tsang (2000), "A simple method for generating gamma variables".</summary>
    public double Gamma(double shape, double rate)
    {
        // Below a shape of 1 the method is applied one higher and scaled back by U^(1/shape), as its authors say.
        if (shape < 1) return Gamma(shape + 1, rate) * Math.Pow(Uniform(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal();
            var cube = 1 + c * normal;
            if (cube <= 0) continue;
            cube = cube * cube * cube;
            if (Math.Log(Uniform()) < 0.5 * normal * normal + d - d * cube + d * Math.Log(cube)) return d * cube / rate;
        }
    }

    public double Beta(double a, double b)
    {
        var first = Gamma(a, 1);
        return first / (first + Gamma(b, 1));
    }
}
