using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>The cut-offs derived from the whole population at one instant, published under a number.</summary>
public sealed class Baseline
{
    /// <summary>The baseline before the first publication: every scored customer has score 1, none is high or in a top share.</summary>
    public static readonly Baseline None = new(0, Instant.Beginning, []);

    private readonly Dictionary<string, Cutoffs> _cutoffs;

    // By measure: the number of the first baseline whose cut-offs equal the present ones.
    private readonly Dictionary<string, int> _since = [];

    public Baseline(int number, Instant asOf, IReadOnlyList<Cutoffs> cutoffs)
    {
        Number = number;
        AsOf = asOf;
        Cuts = cutoffs;
        _cutoffs = cutoffs.ToDictionary(cut => cut.Measure);
    }

    private Baseline(Baseline same, Baseline before)
        : this(same.Number, same.AsOf, same.Cuts)
    {
        // A process that has missed a baseline does not know its cut-offs, so no measure counts as unchanged.
        if (before.Number != Number && before.Number != Number - 1) return;
        foreach (var cutoffs in Cuts)
            if (before._cutoffs.TryGetValue(cutoffs.Measure, out var known) && known.CutsLike(cutoffs))
                _since.Add(cutoffs.Measure, before._since.GetValueOrDefault(cutoffs.Measure, before.Number));
    }

    public int Number { get; }

    public Instant AsOf { get; }

    public IReadOnlyList<Cutoffs> Cuts { get; }

    /// <summary>
    /// This baseline, compared with the one in force before it: it then knows for each measure since when its cut-offs are unchanged.
    /// </summary>
    public Baseline After(Baseline before) => new(this, before);

    /// <summary>Whether the cut-offs of any of these measures may differ from those of an earlier baseline.</summary>
    public bool HasRecut(IReadOnlyList<Measure> measures, int since)
    {
        if (since == Number) return false;
        for (var index = 0; index < measures.Count; index++)
            if (_since.GetValueOrDefault(measures[index].Id, Number) > since)
                return true;
        return false;
    }

    /// <summary>The cut-offs of a measure; those of an empty population when this baseline does not contain the measure.</summary>
    public Cutoffs Of(Measure measure) =>
        _cutoffs.TryGetValue(measure.Id, out var cutoffs) ? cutoffs : measure.IsScore ? Baselines.Cutoffs.NoScores : Baselines.Cutoffs.NoValues;
}
