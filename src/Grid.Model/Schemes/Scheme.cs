using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>One way to divide all customers, ready to be evaluated.</summary>
public sealed class Scheme
{
    private readonly Rule[] _rules;

    internal Scheme(SchemeDefinition definition, Rule[] rules, RfmMeasures? rfm)
    {
        _rules = rules;
        Definition = definition;
        Rfm = rfm;
        Layers = [.. definition.Layers.Select(layer => layer.Id)];
        Reads = rules.Aggregate(FactKinds.None, (kinds, rule) => kinds | (rule.When?.Reads ?? FactKinds.None));
        var own = rfm is null ? Enumerable.Empty<Measure>() : [rfm.Recency, rfm.Frequency, rfm.Monetary];
        var metrics = rules.SelectMany(rule => rule.When?.Metrics ?? []).ToList();
        Measures = [.. metrics.SelectMany(metric => metric.Measures).Concat(own).DistinctBy(measure => measure.Id)];
        foreach (var position in rules.SelectMany(rule => rule.When?.Follows ?? [])) Follows |= 1UL << position;
        Tops = [.. metrics.OfType<TopMetric>().Select(top => (top.Measure.Id, top.PerMille)).Distinct()];
    }

    public string Id => Definition.Id;

    public SchemeDefinition Definition { get; }

    /// <summary>Ids, lowest rank first.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The first that holds decides; the last always holds.</summary>
    public IReadOnlyList<Rule> Rules => _rules;

    public FactKinds Reads { get; }

    public RfmMeasures? Rfm { get; }

    /// <summary>The schemes of the rulebook whose layers it reads, a bit for each position; all of them come before it.</summary>
    public ulong Follows { get; }

    public DowngradePolicy DowngradePolicy { get; init; }

    /// <summary>Everything that its decisions depend on, except the customer and the cut-offs.</summary>
    public required string Meaning { get; init; }

    /// <summary>The measures of the baseline that its rules read.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>The top shares that its rules read, by measure.</summary>
    public IReadOnlyList<(string Measure, int PerMille)> Tops { get; }

    /// <summary>The index of the rule that decides for a customer at an instant.</summary>
    public int Decide(Customer customer, Instant now, Baseline baseline)
    {
        for (var index = 0; index < _rules.Length - 1; index++)
            if (_rules[index].When!.Holds(customer, now, baseline))
                return index;
        return _rules.Length - 1;
    }

    /// <summary>The index of the layer that the rules give at an instant: the layer of the first rule that holds.</summary>
    public int LayerOf(Customer customer, Instant now, Baseline baseline) => _rules[Decide(customer, now, baseline)].Layer;

    /// <summary>
    /// The customer's layer at an instant, given its layer before: the one that the rules give, or the one kept by the downgrade policy. Does not
    /// compute the next change.
    /// </summary>
    public LayerState StandAt(in LayerState before, Customer customer, Instant at, Baseline baseline)
    {
        var layer = LayerOf(customer, at, baseline);
        if (DowngradePolicy.Keeps(before, layer, at, out var since, out _)) return before with { PendingSince = since };
        return layer == before.Layer
            ? before with { PendingSince = Instant.Never }
            : new LayerState(layer, before.Layer, at, default, Instant.Never);
    }

    /// <summary>
    /// The first instant after <paramref name="now"/> at which time alone puts the customer into another layer. Neither the deciding rule nor a rule
    /// above it can change before <c>StaysUntil</c>; the search decides again at that instant, until the layer differs.
    /// </summary>
    public Instant NextChange(Customer customer, Instant now, Baseline baseline) =>
        NextChange(customer, now, baseline, Decide(customer, now, baseline), measured: true);

    /// <summary>
    /// As <see cref="NextChange(Customer, Instant, Baseline)"/> for a caller that knows the deciding rule, without the changes that come with a
    /// measure: the change of a measure is a deadline of its own and decides every scheme again that reads it. The search therefore skips the future
    /// of scores and shares.
    /// </summary>
    internal Instant NextDeadline(Customer customer, Instant now, Baseline baseline, int decided) =>
        NextChange(customer, now, baseline, decided, measured: false);

    private Instant NextChange(Customer customer, Instant now, Baseline baseline, int decided, bool measured)
    {
        var layer = _rules[decided].Layer;
        for (var at = now; ;)
        {
            var next = Instant.Never;
            for (var index = 0; index <= decided && index < _rules.Length - 1; index++)
                next = Instant.Min(next, _rules[index].When!.StaysUntil(customer, at, baseline, measured));
            if (next.IsNever) return next;
            at = next;
            decided = Decide(customer, at, baseline);
            if (_rules[decided].Layer != layer) return at;
        }
    }

    /// <summary>
    /// Whether a stored layer agrees with a fresh evaluation at an instant: the same layer, or a higher one that the downgrade policy keeps.
    /// </summary>
    public bool Agrees(in LayerState stored, Customer customer, Instant now, Baseline baseline)
    {
        var layer = LayerOf(customer, now, baseline);
        if (!stored.IsPending) return layer == stored.Layer;
        return layer < stored.Layer && now < DowngradePolicy.TakesEffectAt(stored, stored.PendingSince);
    }

    public int IndexOf(string layer)
    {
        for (var index = 0; index < Layers.Count; index++)
            if (Layers[index] == layer)
                return index;
        return LayerState.None;
    }
}

/// <param name="Layer">Index of the layer it puts a customer in.</param>
/// <param name="When">Null in the last rule.</param>
public sealed record Rule(int Layer, Condition? When);

/// <summary>The three dimensions of an RFM scheme and the values they are scored from.</summary>
public sealed record RfmMeasures(Window Window, LocalDays? Calendar, Measure Recency, Measure Frequency, Measure Monetary);
