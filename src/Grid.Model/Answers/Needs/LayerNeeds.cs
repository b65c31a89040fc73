using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Answers.Needs;

/// <summary>What is missing for each layer of a scheme that a customer is not in.</summary>
internal sealed class LayerNeeds
{
    private readonly Situation _situation;
    private readonly Scheme _scheme;
    private readonly LayerState _state;
    private readonly Trial _trial;
    private readonly Instant[] _arrivals;

    /// <param name="situation">What is read.</param>
    /// <param name="scheme">The scheme asked about.</param>
    /// <param name="state">Where the customer stands in it.</param>
    public LayerNeeds(Situation situation, Scheme scheme, in LayerState state)
    {
        (_situation, _scheme, _state) = (situation, scheme, state);
        _trial = new Trial(situation, scheme);
        _arrivals = Arrivals(situation, scheme);
    }

    public IReadOnlyList<Naming> Of(int layer)
    {
        if (_state.IsPending && layer == _scheme.LayerOf(_situation.Customer, _situation.Now, _situation.Baseline)) return Held();
        if (Best(layer) is not { } best) return [new Naming("没有规则通向此层级", "no rule leads to this layer")];
        var said = best.Needs.Select(need => need.Text).Concat(best.Remarks).ToList();
        var arrival = _arrivals[layer];
        var isHeld = layer < _state.Layer && !_scheme.Hold.IsNone;
        if (!arrival.IsNever && best.Needs.All(need => need.At != arrival)) said.Add(Phrases.ComesByItself(_situation.Now, arrival, isHeld));
        if (isHeld && (best.Leads || !arrival.IsNever)) said.Add(Phrases.HeldFirst(_scheme.Hold, _state.Since));
        return said;
    }

    /// <summary>The rules ask for the layer already, and the hold of the scheme keeps the customer above it.</summary>
    private IReadOnlyList<Naming> Held()
    {
        var until = _scheme.Hold.TakesEffectAt(_state, _state.PendingSince);
        var held = Phrases.Held(until == _state.PendingSince.Plus(_scheme.Hold.Grace), until);
        if (Best(_state.Layer) is not { Leads: true } back) return [held];
        var ways = back.Needs.Where(need => !need.IsRemark).Select(need => need.Text).ToList();
        return ways.Count == 0 ? [held] : [held, Phrases.Cancelled(ways)];
    }

    /// <summary>Of the rules of a layer the one that asks for least, and rather one that really leads there; null for none.</summary>
    private Claim? Best(int layer)
    {
        Claim? best = null;
        for (var index = 0; index < _scheme.Rules.Count; index++)
        {
            if (_scheme.Rules[index].Layer != layer) continue;
            var claim = Judged(OfRule(index), layer);
            if (best is null || (!claim.Leads, claim.Needs.Count).CompareTo((!best.Leads, best.Needs.Count)) < 0) best = claim;
        }

        return best;
    }

    /// <summary>Tried out where that is possible, so that nothing is asked for that leads elsewhere without saying so.</summary>
    private Claim Judged(IReadOnlyList<Need> needs, int layer)
    {
        var comes = !_arrivals[layer].IsNever;
        var blocked = needs.Where(need => need.IsRemark).ToList();
        if (Narrowed(needs, layer) is not { } narrowed)
        {
            if (comes) return new Claim(blocked, [], Leads: false);
            return new Claim([.. needs.Select(need => need.Ways.Count > 0 ? Phrases.NoneOf(need.Ways) : need)], [], Leads: false);
        }

        var led = _trial.LedTo(narrowed);
        if (Need.Exclude(narrowed))
        {
            if (led == layer) return new Claim(narrowed, [Phrases.WaitFirst], Leads: true);
            return new Claim(blocked, comes ? [] : [Phrases.Unreachable], Leads: false);
        }

        if (led is not { } other || other == layer) return new Claim(narrowed, [], Leads: true);
        var elsewhere = Phrases.LeadsTo(_scheme.Definition.Layers[other].Name);
        if (narrowed.Any(need => need.TakesOrders)) return new Claim(narrowed, [elsewhere], Leads: false);
        return comes
            ? new Claim(blocked, [], Leads: false)
            : new Claim(narrowed, [elsewhere, Phrases.Unreachable], Leads: false);
    }

    /// <summary>Without the ways of a choice that lead elsewhere; null when all of them do.</summary>
    private IReadOnlyList<Need>? Narrowed(IReadOnlyList<Need> needs, int layer)
    {
        var narrowed = new List<Need>();
        foreach (var need in needs)
        {
            if (need.Ways.Count == 0)
            {
                narrowed.Add(need);
                continue;
            }

            var rest = needs.Where(other => other != need).ToList();
            if (need.Ways.Any(way => way.All(one => rest.Exists(other => other.Includes(one))))) continue;
            var ways = need.Ways.Where(way => MayLead([.. way, .. rest], layer)).ToList();
            if (ways.Count == 0) return null;
            narrowed.AddRange(ways.Count == 1 ? ways[0] : ways.Count == need.Ways.Count ? [need] : [Phrases.OneOf(ways)]);
        }

        return Need.Distinct(narrowed);
    }

    private bool MayLead(IReadOnlyList<Need> needs, int layer) =>
        _trial.LedTo(needs) is { } led ? led == layer : !Need.Exclude(needs);

    /// <summary>The rule itself has to hold, and none above it that leads elsewhere.</summary>
    private IReadOnlyList<Need> OfRule(int index)
    {
        var rule = _scheme.Rules[index];
        var above = _scheme.Rules.Take(index).Where(other => other.Layer != rule.Layer && _situation.Holds(other.When!)).ToList();
        var needs = above.SelectMany(other => ConditionNeeds.Of(_situation, other.When!, false)).ToList();
        if (rule.When is not null) needs.AddRange(ConditionNeeds.Of(_situation, rule.When, true));
        var distinct = Need.Distinct(needs);
        return above.Count == 0 ? distinct : [Blocked(above), .. distinct];
    }

    private Need Blocked(List<Rule> above)
    {
        var layers = _scheme.Definition.Layers;
        var named = above.Take(AnswerLimits.BlockersMax).ToList();
        var left = above.Count - named.Count;
        var zh = string.Join("；", named.Select(rule => $"{layers[rule.Layer].Name.Zh}（{ChineseText.Of(rule.When!, _situation.Currency)}）"));
        var en = string.Join("; ", named.Select(rule => $"{layers[rule.Layer].Name.En} ({AnswerText.Of(rule.When!)})"));
        var text = left == 0
            ? new Naming($"被上面成立的规则挡住：{zh}", $"blocked because a rule above holds: {en}")
            : new Naming($"被上面成立的规则挡住：{zh}；另有 {left} 条", $"blocked because rules above hold: {en}; and {left} more");
        return new Need(text) { IsRemark = true };
    }

    /// <summary>Per layer, when time alone brings the customer there first.</summary>
    private static Instant[] Arrivals(Situation situation, Scheme scheme)
    {
        var arrivals = new Instant[scheme.Layers.Count];
        arrivals.AsSpan().Fill(Instant.Never);
        var at = situation.Now;
        for (var changes = 0; changes < AnswerLimits.ChangesAheadMax; changes++)
        {
            at = scheme.NextChange(situation.Customer, at, situation.Baseline);
            if (at.IsNever) break;
            ref var arrival = ref arrivals[scheme.LayerOf(situation.Customer, at, situation.Baseline)];
            arrival = Instant.Min(arrival, at);
        }

        return arrivals;
    }

    /// <param name="Needs">All of these together.</param>
    /// <param name="Remarks">What is to be known of them.</param>
    /// <param name="Leads">Whether, as far as it could be tried out, they lead to the layer asked for.</param>
    private sealed record Claim(IReadOnlyList<Need> Needs, IReadOnlyList<Naming> Remarks, bool Leads);
}
