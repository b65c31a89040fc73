using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>The cut-offs derived from the whole population at one instant, published under a number.</summary>
public sealed class Baseline
{
    /// <summary>Before the first publication: everyone scored scores 1, nobody is high or among the top.</summary>
    public static readonly Baseline None = new(0, Instant.Beginning, []);

    private readonly Dictionary<string, Cuts> _cuts;

    public Baseline(int number, Instant asOf, IReadOnlyList<Cuts> cuts)
    {
        Number = number;
        AsOf = asOf;
        Cuts = cuts;
        _cuts = cuts.ToDictionary(cut => cut.Measure);
    }

    public int Number { get; }

    public Instant AsOf { get; }

    public IReadOnlyList<Cuts> Cuts { get; }

    /// <summary>The cut-offs of a measure; of an empty population when this baseline does not know it.</summary>
    public Cuts Of(Measure measure) =>
        _cuts.TryGetValue(measure.Id, out var cuts) ? cuts : measure.IsScore ? Baselines.Cuts.NoScores : Baselines.Cuts.NoValues;
}
