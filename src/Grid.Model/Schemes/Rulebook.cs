using Grid.Model.Baselines;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>The published set of schemes, numbered. What it asks of the population is collected once.</summary>
public sealed class Rulebook
{
    public Rulebook(int number, Instant publishedAt, IReadOnlyList<Scheme> schemes)
    {
        Number = number;
        PublishedAt = publishedAt;
        Schemes = schemes;
        Measures = [.. schemes.SelectMany(scheme => scheme.Measures).DistinctBy(measure => measure.Id)];
        MeasureReads = Measures.Aggregate(FactKinds.None, (kinds, measure) => kinds | measure.Reads);
    }

    public int Number { get; }

    public Instant PublishedAt { get; }

    public IReadOnlyList<Scheme> Schemes { get; }

    /// <summary>What each customer's row projects, in this order.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    public FactKinds MeasureReads { get; }

    /// <summary>The top shares asked of a measure, in thousandths.</summary>
    public IReadOnlyList<int> TopsOf(Measure measure) =>
        [.. Schemes.SelectMany(scheme => scheme.Tops).Where(top => top.Measure == measure.Id).Select(top => top.PerMille).Distinct().Order()];

    public Scheme? Find(string id)
    {
        foreach (var scheme in Schemes)
            if (scheme.Id == id)
                return scheme;
        return null;
    }
}
