using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining.Requirements;

namespace Grid.Rulebooks.Explaining;

/// <summary>Why a customer is in its layer of a scheme, and what it lacks for every other layer.</summary>
/// <param name="Layer">The customer's layer; while a downgrade is <paramref name="Pending"/> the rules give a lower one.</param>
/// <param name="DecidedBy">Null for the last rule, which decides when no rule above it holds.</param>
/// <param name="Scores">Null for a scheme without an rfm section.</param>
/// <param name="Others">Lowest rank first.</param>
public sealed record Explanation(
    string Customer,
    string Scheme,
    string Layer,
    string AsOf,
    int Rulebook,
    int Baseline,
    ConditionView? DecidedBy,
    PendingView? Pending,
    ScoresView? Scores,
    IReadOnlyList<OtherLayer> Others)
{
    /// <summary>Null when the rulebook has no such scheme.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="customer">The state, brought up to date; not changed.</param>
    /// <param name="schemeId">The scheme to explain.</param>
    /// <param name="now">The instant of the query.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="currency">The currency of amounts.</param>
    public static Explanation? From(CustomerId id, Customer customer, string schemeId, Instant now, Rules rules, Currency currency)
    {
        if (rules.Rulebook.Find(schemeId) is not { } scheme) return null;
        var context = new EvaluationContext(customer, now, rules.Baseline, currency);
        var decided = scheme.Rules[scheme.Decide(customer, now, rules.Baseline)];
        var state = customer.Layers[rules.Rulebook.Schemes.ToList().IndexOf(scheme)];
        var requirements = new LayerRequirements(context, scheme, state);
        return new Explanation(
            id.Value,
            scheme.Id,
            scheme.Layers[state.Layer],
            now.ToString(),
            rules.Rulebook.Number,
            rules.Baseline.Number,
            decided.When is null ? null : ConditionView.From(context, decided.When),
            PendingView.From(state, scheme, customer, now, rules.Baseline),
            ScoresView.From(context, scheme.Rfm),
            [.. Enumerable.Range(0, scheme.Layers.Count).Where(layer => layer != state.Layer)
                .Select(layer => OtherLayer.From(context, scheme, layer, requirements))]);
    }
}

/// <summary>A layer that the customer is not in.</summary>
/// <param name="Condition">
/// The condition of the rule that leads there (of several rules, any of them); null for the last rule, which has none.
/// </param>
/// <param name="Missing">The requirements for the layer, all of them together.</param>
public sealed record OtherLayer(string Layer, ConditionView? Condition, IReadOnlyList<MissingView> Missing)
{
    internal static OtherLayer From(EvaluationContext context, Scheme scheme, int layer, LayerRequirements requirements)
    {
        var conditions = scheme.Rules.Where(rule => rule.Layer == layer && rule.When is not null)
            .Select(rule => ConditionView.From(context, rule.When!)).ToList();
        var condition = conditions.Count switch
        {
            0 => null,
            1 => conditions[0],
            _ => new ConditionView("any", "any", conditions.Exists(one => one.Holds), null, conditions),
        };
        var missing = requirements.Of(layer).Select(requirement => new MissingView(requirement.Text, StepView.From(requirement, context.Currency)));
        return new OtherLayer(scheme.Layers[layer], condition, [.. missing]);
    }
}

/// <summary>One requirement, or a remark on the others.</summary>
/// <param name="Step">The requirement as data, for programs.</param>
public sealed record MissingView(LocalizedText Text, StepView Step);
