using Grid.Model.Baselines;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>The published set of schemes and rules, numbered. The measures that they read of the population are collected once.</summary>
public sealed class Rulebook
{
    private readonly Dictionary<string, Scheme> _byId;
    private readonly List<(string Measure, int PerMille)> _tops;
    private readonly Dictionary<string, CutoffReadings> _readings = [];

    public Rulebook(int number, Instant publishedAt, IReadOnlyList<Scheme> schemes)
        : this(number, publishedAt, new RulebookContent(schemes, TagRules.None, PointRules.None))
    {
    }

    public Rulebook(int number, Instant publishedAt, RulebookContent content)
    {
        Number = number;
        PublishedAt = publishedAt;
        Content = content;
        _byId = content.Schemes.ToDictionary(scheme => scheme.Id);
        var tagged = content.Tags.Metrics.ToList();
        Measures =
        [
            .. content.Schemes.SelectMany(scheme => scheme.Measures)
                .Concat(tagged.SelectMany(metric => metric.Measures)).DistinctBy(measure => measure.Id),
        ];
        _tops = [.. content.Schemes.SelectMany(scheme => scheme.Tops), .. tagged.OfType<TopMetric>().Select(top => (top.Measure.Id, top.PerMille))];
        var compared = content.Schemes.SelectMany(scheme => scheme.Rules).SelectMany(rule => rule.When?.Metrics ?? []).Concat(tagged);
        foreach (var metric in compared)
            foreach (var measure in metric.Measures)
                _readings[measure.Id] = _readings.GetValueOrDefault(measure.Id) | metric.ReadsOfCuts;
        MeasureReads = Measures.Aggregate(FactKinds.None, (kinds, measure) => kinds | measure.Reads);
    }

    public int Number { get; }

    public Instant PublishedAt { get; }

    public RulebookContent Content { get; }

    /// <summary>Schemes, with the audiences after them.</summary>
    public IReadOnlyList<Scheme> Schemes => Content.Schemes;

    public TagRules Tags => Content.Tags;

    public PointRules Points => Content.Points;

    /// <summary>The measures whose values each customer's row projects, in this order.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    public FactKinds MeasureReads { get; }

    /// <summary>The parts of a measure's cut-offs that conditions read, beside top shares.</summary>
    public CutoffReadings ReadsOf(Measure measure) => _readings.GetValueOrDefault(measure.Id);

    /// <summary>The first instant after another at which a daily policy derives cut-offs again.</summary>
    public Instant NextDerivation(Instant at) =>
        Measures.Aggregate(Instant.Never, (next, measure) => Instant.Min(next, measure.Policy.NextAfter(at)));

    /// <summary>The top shares of a measure that conditions read, in thousandths.</summary>
    public IReadOnlyList<int> TopsOf(Measure measure) =>
        [.. _tops.Where(top => top.Measure == measure.Id).Select(top => top.PerMille).Distinct().Order()];

    public Scheme? Find(string id) => _byId.GetValueOrDefault(id);
}
