using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>What a customer lacks for each layer of a scheme that it is not in.</summary>
internal sealed class LayerRequirements
{
    private readonly EvaluationContext _context;
    private readonly Scheme _scheme;
    private readonly LayerState _state;
    private readonly RequirementCheck _trial;
    private readonly Instant[] _arrivals;

    /// <param name="context">The inputs of the explanation.</param>
    /// <param name="scheme">The scheme to explain.</param>
    /// <param name="state">The customer's layer in the scheme.</param>
    public LayerRequirements(EvaluationContext context, Scheme scheme, in LayerState state)
    {
        (_context, _scheme, _state) = (context, scheme, state);
        _trial = new RequirementCheck(context, scheme);
        _arrivals = Arrivals(context, scheme);
    }

    public IReadOnlyList<Requirement> Of(int layer)
    {
        if (_state.IsPending && layer == _scheme.LayerOf(_context.Customer, _context.Now, _context.Baseline)) return Held();
        if (Best(layer) is not { } best) return [RequirementText.NoRule];
        var said = best.Needs.Concat(best.Remarks).ToList();
        var arrival = _arrivals[layer];
        var isHeld = layer < _state.Layer && !_scheme.DowngradePolicy.IsNone;
        if (!arrival.IsNever && best.Needs.All(requirement => requirement.At != arrival))
            said.Add(RequirementText.ComesByItself(_context.Now, arrival, isHeld));
        if (isHeld && (best.Leads || !arrival.IsNever)) said.Add(RequirementText.HeldFirst(_scheme.DowngradePolicy, _state.Since));
        return said;
    }

    /// <summary>The requirements when the rules already give the layer and the downgrade policy keeps the customer above it.</summary>
    private IReadOnlyList<Requirement> Held()
    {
        var until = _scheme.DowngradePolicy.TakesEffectAt(_state, _state.PendingSince);
        var held = RequirementText.Held(until == _state.PendingSince.Plus(_scheme.DowngradePolicy.Grace), until);
        if (Best(_state.Layer) is not { Leads: true } back) return [held];
        var ways = back.Needs.Where(requirement => !requirement.IsRemark).Select(requirement => requirement.Text).ToList();
        return ways.Count == 0 ? [held] : [held, RequirementText.Cancelled(ways)];
    }

    /// <summary>
    /// Of the rules of a layer, the one with the fewest requirements, with preference for one that leads to the layer; null for none.
    /// </summary>
    private Claim? Best(int layer)
    {
        Claim? best = null;
        for (var index = 0; index < _scheme.Rules.Count; index++)
        {
            if (_scheme.Rules[index].Layer != layer) continue;
            var claim = InTime(Judged(OfRule(index), layer), index);
            if (best is null || (!claim.Leads, claim.Needs.Count).CompareTo((!best.Leads, best.Needs.Count)) < 0) best = claim;
        }

        return best;
    }

    /// <summary>Adds a remark when conditions that hold now will end before the requirements may be fulfilled.</summary>
    private Claim InTime(Claim claim, int index)
    {
        if (!claim.Leads || claim.Needs.Any(requirement => requirement.IsWait || requirement.Ways.Count > 0)) return claim;
        var ends = Ends(index).Where(at => !at.IsNever).Order().ToList();
        var before = claim.Needs.Select(requirement => requirement.Action.Before).Aggregate(Instant.Never, Instant.Min);
        foreach (var at in ends.TakeWhile(at => at < before))
        {
            if (_trial.LedAt(claim.Needs, at) is not { } led) return claim;
            if (led == _scheme.Rules[index].Layer) continue;
            var end = _trial.LastsUntil(claim.Needs, _scheme.Rules[index].Layer, at);
            return claim with { Remarks = [.. claim.Remarks, RequirementText.DoneBefore(_context.Now, end)] };
        }

        return claim;
    }

    /// <summary>The instants at which time alone ends a condition of a rule, or makes a rule above it hold.</summary>
    private IEnumerable<Instant> Ends(int index)
    {
        var parts = _scheme.Rules[index].When switch { null => [], All all => all.Conditions, var one => [one] };
        var held = parts.Where(_context.Holds).Select(part => _context.BecomesAt(part, false));
        var above = _scheme.Rules.Take(index).Where(rule => !_context.Holds(rule.When!)).Select(rule => _context.BecomesAt(rule.When!, true));
        return held.Concat(above);
    }

    /// <summary>Simulates the requirements where possible; requirements that lead to another layer get a remark that says so.</summary>
    private Claim Judged(IReadOnlyList<Requirement> requirements, int layer)
    {
        var comes = !_arrivals[layer].IsNever;
        var blocked = requirements.Where(requirement => requirement.IsRemark).ToList();
        if (Narrowed(requirements, layer, out var allWaitFirst) is not { } narrowed)
        {
            if (comes) return new Claim(blocked, [], Leads: false);
            return new Claim([.. requirements.Select(each => each.Ways.Count > 0 ? RequirementText.NoneOf(each.Ways) : each)], [], Leads: false);
        }

        var led = _trial.LedTo(narrowed, layer);
        if (allWaitFirst || led == (layer, true))
        {
            var ordersOnly = narrowed.All(requirement => requirement.IsWait || requirement.TakesOrders || requirement.IsRemark);
            return new Claim(narrowed, [ordersOnly ? RequirementText.WaitFirst : RequirementText.WaitBeforeAll], Leads: true);
        }

        if (Requirement.Exclude(narrowed)) return new Claim(blocked, comes ? [] : [RequirementText.Unreachable], Leads: false);
        if (led is not { } other || other.Layer == layer) return new Claim(narrowed, [], Leads: true);
        var elsewhere = RequirementText.LeadsTo(_scheme.Definition.Layers[other.Layer]);
        if (narrowed.Any(requirement => !requirement.IsWait && !requirement.IsRemark)) return new Claim(narrowed, [elsewhere], Leads: false);
        return comes
            ? new Claim(blocked, [], Leads: false)
            : new Claim(narrowed, [elsewhere, RequirementText.Unreachable], Leads: false);
    }

    /// <summary>Removes those ways of a choice that lead to other layers; null when all do.</summary>
    /// <param name="waitFirst">Whether the remaining ways lead to the layer only after the waiting.</param>
    private IReadOnlyList<Requirement>? Narrowed(IReadOnlyList<Requirement> requirements, int layer, out bool waitFirst)
    {
        waitFirst = false;
        if (requirements.Count(requirement => requirement.Ways.Count > 0) > 1) return Combined(requirements, layer, ref waitFirst);
        var narrowed = new List<Requirement>();
        foreach (var requirement in requirements)
        {
            if (requirement.Ways.Count == 0)
            {
                narrowed.Add(requirement);
                continue;
            }

            var rest = requirements.Where(other => other != requirement).ToList();
            if (requirement.Ways.Any(way => way.All(one => rest.Exists(other => other.Includes(one))))) continue;
            var tried = requirement.Ways.Select(way => (Way: way, Led: Leads([.. way, .. rest], layer))).Where(one => one.Led is not null).ToList();
            if (tried.Count == 0) return null;
            if (tried.TrueForAll(one => one.Led == true)) waitFirst = true;
            else tried.RemoveAll(one => one.Led == true);
            var ways = tried.ConvertAll(one => one.Way);
            narrowed.AddRange(ways.Count == 1 ? ways[0] : ways.Count == requirement.Ways.Count ? [requirement] : [RequirementText.OneOf(ways)]);
        }

        return Requirement.Distinct(narrowed);
    }

    /// <summary>For several choices, one combination that leads to the layer: a way of one choice may not fit every way of another.</summary>
    private IReadOnlyList<Requirement>? Combined(IReadOnlyList<Requirement> requirements, int layer, ref bool waitFirst)
    {
        IEnumerable<IEnumerable<Requirement>> all = [[]];
        foreach (var requirement in requirements)
        {
            IReadOnlyList<IReadOnlyList<Requirement>> ways = requirement.Ways.Count == 0 ? [[requirement]] : requirement.Ways;
            all = all.SelectMany(some => ways.Select(way => some.Concat(way)));
        }

        var best = all.Take(AnswerLimits.CombinationsTriedMax)
            .Select(some => Requirement.Distinct([.. some])).Select(some => (Needs: some, WaitFirst: Leads(some, layer)))
            .Where(one => one.WaitFirst is not null).OrderBy(one => one.WaitFirst).ThenBy(one => one.Needs.Count).FirstOrDefault();
        waitFirst = best.WaitFirst == true;
        return best.Needs;
    }

    /// <summary>Null when the requirements lead to another layer; else whether they do only after the waiting.</summary>
    private bool? Leads(IReadOnlyList<Requirement> requirements, int layer)
    {
        if (_trial.LedTo(requirements, layer) is { } led) return led.Layer == layer ? led.WaitFirst : null;
        return Requirement.Exclude(requirements) ? null : false;
    }

    /// <summary>The requirements of one rule: it must hold, and no rule above it with another layer.</summary>
    private IReadOnlyList<Requirement> OfRule(int index)
    {
        var rule = _scheme.Rules[index];
        var above = _scheme.Rules.Take(index).Where(other => other.Layer != rule.Layer && _context.Holds(other.When!)).ToList();
        var requirements = above.SelectMany(other => ConditionRequirements.From(_context, other.When!, false)).ToList();
        if (rule.When is not null) requirements.AddRange(ConditionRequirements.From(_context, rule.When, true));
        var distinct = Requirement.Distinct(requirements);
        return above.Count == 0 ? distinct : [Blocked(above), .. distinct];
    }

    private Requirement Blocked(List<Rule> above)
    {
        var layers = _scheme.Definition.Layers;
        var named = above.Take(AnswerLimits.BlockersMax).ToList();
        var left = above.Count - named.Count;
        var zh = string.Join("；", named.Select(rule => $"{layers[rule.Layer].Name.Zh}（{ChineseText.Format(rule.When!, _context.Currency)}）"));
        var en = string.Join("; ", named.Select(rule => $"{layers[rule.Layer].Name.En} ({AnswerText.Format(rule.When!)})"));
        var text = left == 0
            ? new LocalizedText($"被上面成立的规则挡住：{zh}", $"blocked because a rule above holds: {en}")
            : new LocalizedText($"被上面成立的规则挡住：{zh}；另有 {left} 条", $"blocked because rules above hold: {en}; and {left} more");
        return new Requirement(text) { IsRemark = true, Action = new RecommendedAction(ActionKind.Blocked) };
    }

    /// <summary>For each layer, the first instant at which time alone brings the customer there.</summary>
    private static Instant[] Arrivals(EvaluationContext context, Scheme scheme)
    {
        var arrivals = new Instant[scheme.Layers.Count];
        arrivals.AsSpan().Fill(Instant.Never);
        var at = context.Now;
        for (var changes = 0; changes < AnswerLimits.ChangesAheadMax; changes++)
        {
            at = scheme.NextChange(context.Customer, at, context.Baseline);
            if (at.IsNever) break;
            ref var arrival = ref arrivals[scheme.LayerOf(context.Customer, at, context.Baseline)];
            arrival = Instant.Min(arrival, at);
        }

        return arrivals;
    }

    /// <param name="Needs">The requirements, all of them together.</param>
    /// <param name="Remarks">Requirements that only describe an obstacle; no action fulfils them.</param>
    /// <param name="Leads">Whether the requirements lead to the layer, as far as they can be simulated.</param>
    private sealed record Claim(IReadOnlyList<Requirement> Needs, IReadOnlyList<Requirement> Remarks, bool Leads);
}
