using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>Where a customer stands in one scheme.</summary>
/// <param name="From">The layer before; null on entry.</param>
/// <param name="NextAt">When time alone moves it next, under the baseline of now.</param>
/// <param name="Pending">A downgrade that the scheme's grace or minimum stay still holds back; null for none.</param>
public sealed record LayerView(
    string Scheme, string Layer, string Since, string? From, CauseView Cause, string? NextAt, PendingView? Pending)
{
    /// <param name="customer">Empty when it was not evaluated yet.</param>
    /// <param name="rulebook">The one its layers belong to.</param>
    /// <param name="nextAt">Per scheme of the rulebook.</param>
    /// <param name="now">The instant of asking.</param>
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

/// <summary>A downgrade that takes effect only if the rules still ask for it then.</summary>
/// <param name="Layer">Where the rules put the customer now.</param>
public sealed record PendingView(string Layer, string Since, string TakesEffectAt)
{
    internal static PendingView? From(in LayerState state, Scheme scheme, Customer customer, Instant now, Baseline baseline) => state.IsPending
        ? new PendingView(
            scheme.Layers[scheme.LayerOf(customer, now, baseline)],
            state.PendingSince.ToString(),
            scheme.DowngradePolicy.TakesEffectAt(state, state.PendingSince).ToString())
        : null;
}
