using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>Why a customer is in its layer of a scheme, as a sentence and as data.</summary>
/// <param name="DecidedBy">
/// The deciding condition; null for the last rule, which decides when no rule above it holds, and for a removed scheme.
/// </param>
/// <param name="Pending">The pending downgrade; null for none.</param>
/// <param name="Scores">Null for a scheme without an rfm section.</param>
public sealed record DecisionView(LocalizedText Text, ConditionView? DecidedBy, PendingView? Pending, ScoresView? Scores)
{
    public static readonly DecisionView Gone =
        new(new LocalizedText("规则集不再有这个方案", "the rulebook has no such scheme any more"), null, null, null);

    /// <param name="customer">The state; not changed.</param>
    /// <param name="state">The customer's layer in the scheme at that instant.</param>
    public static DecisionView From(
        Customer customer, Scheme scheme, in LayerState state, Instant now, Baseline baseline, Currency currency)
    {
        var context = new EvaluationContext(customer, now, baseline, currency);
        var decided = scheme.Rules[scheme.Decide(customer, now, baseline)].When;
        var pending = PendingView.From(state, scheme, customer, now, baseline);
        return new DecisionView(
            Sentence(context, scheme, decided, pending),
            decided is null ? null : ConditionView.From(context, decided),
            pending,
            ScoresView.From(context, scheme.Rfm));
    }

    private static LocalizedText Sentence(EvaluationContext context, Scheme scheme, Condition? decided, PendingView? pending)
    {
        var text = decided is null ? new LocalizedText("上面的规则都不成立", "no rule above holds") : Phrase(context, decided);
        if (pending is null) return text;
        var layer = scheme.Definition.Layers.First(known => known.Id == pending.Layer).Name;
        return new LocalizedText(
            $"{text.Zh}：应为「{layer.Zh}」，暂不降级，到 {pending.TakesEffectAt}",
            $"{text.En}: that is {layer.En}, held back until {pending.TakesEffectAt}");
    }

    private static LocalizedText Phrase(EvaluationContext context, Condition condition) => condition switch
    {
        All all => Joined(all.Conditions.Select(one => Phrase(context, one)), " 且 ", " and "),

        // Of several alternatives, those that hold.
        Any any => Joined(any.Conditions.Where(context.Holds).Select(one => Phrase(context, one)), " 且 ", " and "),
        Not not => new LocalizedText(ChineseText.Format(not, context.Currency), $"not ({AnswerText.Format(not.Condition)})"),
        _ => context.Actual(condition) is { } actual
            ? new LocalizedText(
                $"{ChineseText.Format(condition, context.Currency)}（现为 {context.ActualZh(condition)}）", $"{condition.Text} (it is {actual})")
            : new LocalizedText(ChineseText.Format(condition, context.Currency), condition.Text),
    };

    private static LocalizedText Joined(IEnumerable<LocalizedText> phrases, string zh, string en)
    {
        var all = phrases.ToList();
        return new LocalizedText(string.Join(zh, all.Select(one => one.Zh)), string.Join(en, all.Select(one => one.En)));
    }
}
