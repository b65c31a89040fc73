using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>
/// Delays downgrades: a downgrade takes effect only when the rules have put the customer lower for <paramref name="Grace"/> without a break, and not
/// before <paramref name="MinimumStay"/> in the layer. Both in milliseconds; upgrades are never delayed. Only here does a layer depend on the
/// customer's earlier layers.
/// </summary>
public readonly record struct DowngradePolicy(long Grace, long MinimumStay)
{
    public bool IsNone => Grace == 0 && MinimumStay == 0;

    /// <summary>Whether a customer that the rules put lower is kept in its layer.</summary>
    /// <param name="before">The customer's present layer.</param>
    /// <param name="layer">The layer that the rules give.</param>
    /// <param name="at">The instant.</param>
    /// <param name="since">The instant since which the downgrade is pending.</param>
    /// <param name="effect">The instant at which the downgrade takes effect.</param>
    public bool Keeps(in LayerState before, int layer, Instant at, out Instant since, out Instant effect)
    {
        since = before.IsPending ? before.PendingSince : at;
        effect = at;
        if (layer >= before.Layer || IsNone) return false;
        effect = TakesEffectAt(before, since);
        return at < effect;
    }

    /// <summary>The instant at which a downgrade takes effect that is pending since another, if the rules still give it then.</summary>
    public Instant TakesEffectAt(in LayerState state, Instant pendingSince) =>
        Instant.Max(pendingSince.Plus(Grace), state.Since.Plus(MinimumStay));
}
