using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Tests.Model.Histories;

namespace Grid.Tests.Model.Reference;

/// <summary>
/// A customer who lives from instant to instant, because grace, a minimum stay and redemptions depend on earlier states. Everything else is computed
/// from the facts at each queried instant.
/// </summary>
internal sealed class ReferenceLife
{
    private readonly ReferenceRulebook _rulebook;
    private readonly ReferencePopulation _population;
    private readonly ReferenceScheme[] _schemes;
    private readonly ReferenceTags _tags;
    private readonly Moments _moments;
    private readonly string _id;
    private readonly Dictionary<string, Held> _held = [];
    private List<Fact> _facts = [];
    private ReferenceCustomer _customer;
    private List<long>? _ahead;
    private long _now;

    /// <param name="moments">The instants at which time may move the schemes with grace or a minimum stay.</param>
    public ReferenceLife(ReferenceRulebook rulebook, ReferencePopulation population, Moments moments, string id)
    {
        (_rulebook, _population, _moments, _id) = (rulebook, population, moments, id);
        _tags = new ReferenceTags(rulebook.Tags);
        _schemes = [.. rulebook.Schemes.Select(scheme => new ReferenceScheme(scheme, _tags, LayerOf))];
        _customer = Read();
    }

    public static bool IsHeld(SchemeDefinition scheme) => scheme.DowngradePolicy.Grace > 0 || scheme.DowngradePolicy.MinimumStay > 0;

    public ReferenceLife Copy()
    {
        var copy = new ReferenceLife(_rulebook, _population, _moments, _id) { _facts = [.. _facts], _customer = _customer, _now = _now, _ahead = _ahead };
        foreach (var (scheme, held) in _held) copy._held.Add(scheme, held);
        return copy;
    }

    /// <returns>Whether the redemption was accepted: it is rejected when the balance does not cover it.</returns>
    public bool Take(long now, Fact fact)
    {
        AdvanceTo(now);
        var isDear = fact is PointsChanged { Points: < 0 } redeemed
            && !_facts.Exists(other => other.Key == fact.Key)
            && ReferenceMetrics.Value(_customer, null, "points", [], now) < -redeemed.Points;
        if (isDear) return false;
        _facts.Add(fact);
        (_customer, _ahead) = (Read(), null);
        Settle(now);
        return true;
    }

    public void AdvanceTo(long now)
    {
        while (_facts.Count > 0)
        {
            _ahead ??= [.. _moments.Exactly(_facts).Where(moment => moment > _now)];
            var at = _ahead.BinarySearch(_now + 1);
            var next = (at = at < 0 ? ~at : at) < _ahead.Count ? _ahead[at] : long.MaxValue;
            foreach (var held in _held.Values) next = Math.Min(next, held.PendingSince is null ? long.MaxValue : held.TakesEffectAt);
            if (next > now) break;
            Settle(next);
        }

        _now = Math.Max(_now, now);
    }

    /// <summary>The present layer of each scheme.</summary>
    public IEnumerable<string> Layers() => _schemes.Select(LayerOf);

    /// <summary>Changes beside the layers: pending downgrades, and the values that the baseline ranks.</summary>
    public IEnumerable<string> Others()
    {
        foreach (var held in _held.Values) yield return $"{held.PendingSince} {(held.PendingSince is null ? "" : held.Wanted)}";
        foreach (var scheme in _rulebook.Schemes.Concat(_tags.Definitions))
        {
            if (scheme.Rfm is not null)
                foreach (var dimension in "rfm")
                    yield return $"{ReferenceDimension.Value(scheme, dimension, _customer, _now)}";
            foreach (var top in Moments.LeavesOf(scheme).Where(leaf => leaf.Metric == "topPercent"))
                yield return $"{ReferenceDimension.TopValue(scheme, top.Arguments, _customer, _now)}";
        }
    }

    private ReferenceCustomer Read() => new(_facts) { PointRules = _rulebook.Points, Id = _id };

    private string LayerOf(string scheme) => LayerOf(_schemes.First(other => other.Definition.Id == scheme));

    private string LayerOf(ReferenceScheme scheme) =>
        IsHeld(scheme.Definition) ? _held[scheme.Definition.Id].Layer : scheme.LayerOf(_customer, _now, _population);

    /// <summary>A lower layer takes effect only when the rules have given it long enough without a break; a higher one at once.</summary>
    private void Settle(long now)
    {
        _now = now;
        foreach (var scheme in _schemes.Where(scheme => IsHeld(scheme.Definition)))
        {
            var definition = scheme.Definition;
            var wanted = scheme.LayerOf(_customer, now, _population);
            if (!_held.TryGetValue(definition.Id, out var held)) _held[definition.Id] = new Held(definition, wanted, now, null, wanted);
            else if (wanted == held.Layer) _held[definition.Id] = held with { PendingSince = null, Wanted = wanted };
            else
            {
                var pending = held with { PendingSince = held.PendingSince ?? now, Wanted = wanted };
                _held[definition.Id] = held.IsUp(wanted) || now >= pending.TakesEffectAt ? new Held(definition, wanted, now, null, wanted) : pending;
            }
        }
    }

    private sealed record Held(SchemeDefinition Scheme, string Layer, long Since, long? PendingSince, string Wanted)
    {
        public long TakesEffectAt => Math.Max(PendingSince!.Value + Scheme.DowngradePolicy.Grace, Since + Scheme.DowngradePolicy.MinimumStay);

        public bool IsUp(string layer) => RankOf(layer) > RankOf(Layer);

        private int RankOf(string layer) => Scheme.Layers.Select(other => other.Id).ToList().IndexOf(layer);
    }
}
