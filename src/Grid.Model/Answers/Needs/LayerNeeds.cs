using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Answers.Needs;

/// <summary>What is missing for each layer of a scheme that a customer is not in.</summary>
internal sealed class LayerNeeds
{
    private readonly Situation _situation;
    private readonly Scheme _scheme;
    private readonly Instant[] _arrivals;

    public LayerNeeds(Situation situation, Scheme scheme)
    {
        (_situation, _scheme) = (situation, scheme);
        _arrivals = Arrivals(situation, scheme);
    }

    public IReadOnlyList<Naming> Of(int layer)
    {
        IReadOnlyList<Need>? fewest = null;
        for (var index = 0; index < _scheme.Rules.Count; index++)
        {
            if (_scheme.Rules[index].Layer != layer) continue;
            var needs = OfRule(index);
            if (fewest is null || needs.Count < fewest.Count) fewest = needs;
        }

        if (fewest is null) return [new Naming("没有规则通向此层级", "no rule leads to this layer")];
        var said = fewest.Select(need => need.Text).ToList();
        var led = LedTo(fewest, layer);
        if (led != layer) said.Add(Phrases.LeadsTo(_scheme.Definition.Layers[led].Name));
        var arrival = _arrivals[layer];
        if (!arrival.IsNever && fewest.All(need => need.At != arrival)) said.Add(Phrases.ComesByItself(_situation.Now, arrival));
        return said;
    }

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

    /// <summary>
    /// Where the orders asked for would lead at once: tried out on a copy, because an order moves recency, frequency and monetary together.
    /// </summary>
    private int LedTo(IReadOnlyList<Need> needs, int layer)
    {
        needs = [.. needs.Where(need => !need.IsRemark)];
        if (needs.Count == 0 || needs.Any(need => need.Orders is 0 or > AnswerLimits.OrdersTriedMax)) return layer;
        var copy = CustomerCopy.Of(_situation.Customer);
        var orders = needs.Max(need => need.Orders);
        var amount = needs.Max(need => need.Amount);
        for (var index = 0; index < orders; index++)
        {
            var id = $"tried {index}";
            var paid = new OrderPaid(_situation.Now, MessageKey.Of(id), id, index == 0 ? Math.Min(amount, Limits.AmountMax) : 0);
            if (copy.Apply(paid).Kind != OutcomeKind.Accepted) return layer;
        }

        return _scheme.LayerOf(copy, _situation.Now, _situation.Baseline);
    }

    private Need Blocked(List<Rule> above)
    {
        var layers = _scheme.Definition.Layers;
        var named = above.Take(AnswerLimits.BlockersMax).ToList();
        var left = above.Count - named.Count;
        var zh = string.Join("；", named.Select(rule => $"{layers[rule.Layer].Name.Zh}（{AnswerText.Of(rule.When!)}）"));
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
}
