using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Rulebooks.Explaining;

/// <summary>
/// The transitions that time alone will bring under the rules in force, in the order of their instants, until nothing changes any more.
/// </summary>
/// <param name="Complete">False when one of the <see cref="AnswerLimits"/> cut the forecast short.</param>
public sealed record Forecast(string Customer, string AsOf, IReadOnlyList<ForecastTransition> Transitions, bool Complete)
{
    /// <param name="id">The customer.</param>
    /// <param name="customer">The state, brought up to date; not changed.</param>
    /// <param name="now">The instant of the query.</param>
    /// <param name="rules">The rules in force.</param>
    public static Forecast From(CustomerId id, Customer customer, Instant now, Rules rules)
    {
        var future = new Future();
        var bounds = new FutureBounds(AnswerLimits.ForecastTransitionsMax, AnswerLimits.ForecastDeadlinesMax);
        var complete = future.Live(id, CustomerCopy.From(customer), now, Instant.Never, rules, bounds);
        return new Forecast(id.Value, now.ToString(), [.. future.Transitions.Select(ForecastTransition.Create)], complete);
    }
}

/// <param name="From">Null when the customer had no layer in the scheme yet.</param>
public sealed record ForecastTransition(string At, string Scheme, string? From, string? To)
{
    internal static ForecastTransition Create(Transition transition) =>
        new(transition.EffectiveAt.ToString(), transition.Scheme, transition.From, transition.To);
}
