using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Model.Answers;

/// <summary>Where a customer stands in one scheme.</summary>
/// <param name="From">The layer before; null on entry.</param>
/// <param name="NextAt">When time alone moves it next, under the baseline of now.</param>
public sealed record LayerView(string Scheme, string Layer, string Since, string? From, CauseView Cause, string? NextAt)
{
    /// <param name="customer">Empty when it was not evaluated yet.</param>
    /// <param name="rulebook">The one its layers belong to.</param>
    /// <param name="nextAt">Per scheme of the rulebook.</param>
    internal static List<LayerView> Of(Customer customer, Rulebook rulebook, IReadOnlyList<Instant> nextAt)
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
                CauseView.Of(state.Cause),
                AnswerText.Of(nextAt[index])));
        }

        return views;
    }
}
