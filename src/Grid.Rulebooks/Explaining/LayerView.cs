using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>A customer's layer in one scheme.</summary>
/// <param name="From">The layer before; null on entry.</param>
/// <param name="NextAt">The next instant at which time alone moves the customer, under the baseline in force.</param>
/// <param name="Pending">The downgrade that the scheme's grace or minimum stay delays; null for none.</param>
public sealed record LayerView(
    string Scheme, string Layer, string Since, string? From, CauseView Cause, string? NextAt, PendingView? Pending)
{
    /// <param name="customer">The state; empty when the customer was not evaluated yet.</param>
    /// <param name="rulebook">The rulebook of the customer's layers.</param>
    /// <param name="nextAt">Per scheme of the rulebook.</param>
    /// <param name="now">The instant of the query.</param>
    /// <param name="baseline">In force now.</param>
    internal static List<LayerView> Create(Customer customer, Rulebook rulebook, IReadOnlyList<Instant> nextAt, Instant now, Baseline baseline)
    {
        if (customer.Rulebook == 0) return [];
        if (customer.Rulebook != rulebook.Number)
            throw new ArgumentException($"The customer is at rulebook {customer.Rulebook}, not {rulebook.Number}: bring it up to date.");
        var views = new List<LayerView>(customer.Layers.Length);
        for (var index = 0; index < customer.Layers.Length; index++)
        {
            var state = customer.Layers[index];
            if (state.Layer == LayerState.None) continue;
            var scheme = rulebook.Schemes[index];
            views.Add(new LayerView(
                scheme.Id,
                scheme.Layers[state.Layer],
                state.Since.ToString(),
                state.From == LayerState.None ? null : scheme.Layers[state.From],
                CauseView.From(state.Cause),
                AnswerText.Format(nextAt[index]),
                PendingView.From(state, scheme, customer, now, baseline)));
        }

        return views;
    }
}

/// <summary>A pending downgrade, which takes effect only if the rules still give the lower layer then.</summary>
/// <param name="Layer">The layer that the rules give now.</param>
public sealed record PendingView(string Layer, string Since, string TakesEffectAt)
{
    internal static PendingView? From(in LayerState state, Scheme scheme, Customer customer, Instant now, Baseline baseline) => state.IsPending
        ? new PendingView(
            scheme.Layers[scheme.LayerOf(customer, now, baseline)],
            state.PendingSince.ToString(),
            scheme.DowngradePolicy.TakesEffectAt(state, state.PendingSince).ToString())
        : null;
}
