using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Answers;

/// <summary>
/// The transitions that time alone will bring under the rulebook and baseline of now, in the order of their instants, until nothing
/// changes any more.
/// </summary>
/// <param name="Complete">False when the forecast was cut at one of the <see cref="AnswerLimits"/>.</param>
public sealed record Forecast(string Customer, string AsOf, IReadOnlyList<ForecastTransition> Transitions, bool Complete)
{
    /// <param name="id">The customer.</param>
    /// <param name="customer">Its state, brought up to date; it is left as it is.</param>
    /// <param name="now">The instant of asking.</param>
    /// <param name="rules">What is published now.</param>
    public static Forecast Of(CustomerId id, Customer customer, Instant now, Rules rules)
    {
        // The future is lived through by the evaluator itself, on a copy, so that it cannot differ from what comes.
        var transitions = new List<Transition>();
        var evaluator = new Evaluator();
        evaluator.Begin(id, CustomerCopy.Of(customer), now, rules, transitions);
        evaluator.AdvanceTo(now);
        transitions.Clear();

        var complete = false;
        for (var deadlines = 0; deadlines < AnswerLimits.ForecastDeadlinesMax; deadlines++)
        {
            var due = evaluator.DueAt();
            if (complete = due.IsNever) break;
            if (transitions.Count >= AnswerLimits.ForecastTransitionsMax) break;
            evaluator.AdvanceTo(due);
        }

        return new Forecast(id.Value, now.ToString(), [.. transitions.Select(ForecastTransition.Of)], complete);
    }
}

/// <param name="From">Null when the customer had no layer in the scheme yet.</param>
public sealed record ForecastTransition(string At, string Scheme, string? From, string? To)
{
    internal static ForecastTransition Of(Transition transition) =>
        new(transition.EffectiveAt.ToString(), transition.Scheme, transition.From, transition.To);
}
