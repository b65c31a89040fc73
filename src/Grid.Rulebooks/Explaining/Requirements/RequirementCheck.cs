using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>
/// Simulates which layer requirements lead to, because one order moves recency, frequency and monetary together, and time moves every window.
/// </summary>
internal sealed class RequirementCheck(EvaluationContext context, Scheme scheme)
{
    /// <summary>
    /// The layer that a copy of the customer reaches when it fulfils the requirements; null when one of them cannot be simulated. Simulates the
    /// actions first and the waiting after them, and tries the reverse order only when that leads to another layer.
    /// </summary>
    /// <param name="requirements">The requirements, all of which are fulfilled.</param>
    /// <param name="wanted">The layer that they are to lead to.</param>
    public (int Layer, bool WaitFirst)? LedTo(IReadOnlyList<Requirement> requirements, int wanted)
    {
        requirements = [.. requirements.Where(requirement => !requirement.IsRemark)];
        if (requirements.Count == 0 || requirements.Any(requirement => requirement.Ways.Count > 0)) return null;
        var deeds = requirements.Where(requirement => !requirement.IsWait).ToList();
        var at = requirements.Where(requirement => requirement.IsWait).Select(requirement => requirement.At).Aggregate(context.Now, Instant.Max);
        if (deeds.Count == 0) return (LayerOf(context.Customer, at), false);
        if (at == context.Now) return After(deeds, at, at) is { } now ? (now, false) : null;
        var first = Requirement.Exclude(requirements) ? null : After(deeds, context.Now, at);
        if (first == wanted) return (wanted, false);
        var last = After(deeds, at, at);
        if (last == wanted) return (wanted, true);
        return (first ?? last) is { } other ? (other, first is null) : null;
    }

    /// <summary>The layer that requirements without waiting lead to at a later instant; null when they cannot be simulated.</summary>
    public int? LedAt(IReadOnlyList<Requirement> requirements, Instant at) => After([.. requirements.Where(requirement => !requirement.IsRemark)], at, at);

    /// <summary>The first instant found at which requirements without waiting no longer lead to a layer; just before it they do.</summary>
    /// <param name="requirements">Requirements that lead to the layer now.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="fails">An instant at which they lead elsewhere.</param>
    public Instant LastsUntil(IReadOnlyList<Requirement> requirements, int layer, Instant fails)
    {
        // Mostly a condition ends exactly at the instant that is known to be too late.
        if (LedAt(requirements, fails.Plus(-1)) == layer) return fails;
        var lasts = context.Now;
        while (fails.Milliseconds - lasts.Milliseconds > 1)
        {
            var at = new Instant(lasts.Milliseconds + (fails.Milliseconds - lasts.Milliseconds) / 2);
            if (LedAt(requirements, at) == layer) lasts = at;
            else fails = at;
        }

        return fails;
    }

    private int? After(List<Requirement> deeds, Instant done, Instant seen)
    {
        var copy = CustomerCopy.From(context.Customer);
        return new SimulatedActions(copy, context, done, seen).Do(deeds) ? LayerOf(copy, seen) : null;
    }

    private int LayerOf(Customer customer, Instant at) => scheme.LayerOf(customer, at, context.Baseline);
}
