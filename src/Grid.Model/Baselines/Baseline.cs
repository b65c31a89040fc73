using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>The cut-offs derived from the whole population at one instant, published under a number.</summary>
public sealed class Baseline
{
    /// <summary>Before the first publication: everyone scored scores 1, nobody is high or among the top.</summary>
    public static readonly Baseline None = new(0, Instant.Beginning, []);

    private readonly Dictionary<string, Cutoffs> _cuts;

    // For each measure the number of the baseline since which it is cut as it is.
    private readonly Dictionary<string, int> _since = [];

    public Baseline(int number, Instant asOf, IReadOnlyList<Cutoffs> cuts)
    {
        Number = number;
        AsOf = asOf;
        Cuts = cuts;
        _cuts = cuts.ToDictionary(cut => cut.Measure);
    }

    private Baseline(Baseline same, Baseline before)
        : this(same.Number, same.AsOf, same.Cuts)
    {
        // When this process has missed one in between, nobody knows what it cut.
        if (before.Number != Number && before.Number != Number - 1) return;
        foreach (var cuts in Cuts)
            if (before._cuts.TryGetValue(cuts.Measure, out var known) && known.CutsLike(cuts))
                _since.Add(cuts.Measure, before._since.GetValueOrDefault(cuts.Measure, before.Number));
    }

    public int Number { get; }

    public Instant AsOf { get; }

    public IReadOnlyList<Cutoffs> Cuts { get; }

    /// <summary>The same, knowing the one in force before it, and so since when each measure is cut as it is.</summary>
    public Baseline After(Baseline before) => new(this, before);

    /// <summary>Whether any of these measures may be cut otherwise than under an earlier baseline.</summary>
    public bool HasRecut(IReadOnlyList<Measure> measures, int since)
    {
        if (since == Number) return false;
        for (var index = 0; index < measures.Count; index++)
            if (_since.GetValueOrDefault(measures[index].Id, Number) > since)
                return true;
        return false;
    }

    /// <summary>The cut-offs of a measure; of an empty population when this baseline does not know it.</summary>
    public Cutoffs Of(Measure measure) =>
        _cuts.TryGetValue(measure.Id, out var cuts) ? cuts : measure.IsScore ? Baselines.Cutoffs.NoScores : Baselines.Cutoffs.NoValues;
}
