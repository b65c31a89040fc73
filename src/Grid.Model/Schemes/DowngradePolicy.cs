using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>
/// What keeps a customer from falling at once: a downgrade takes effect only when it has held for <paramref name="Grace"/> without a
/// break, and not before <paramref name="MinimumStay"/> in the layer. Both in milliseconds; upgrades are never held. The one place where
/// a layer depends on the path that led there.
/// </summary>
public readonly record struct DowngradePolicy(long Grace, long MinimumStay)
{
    public bool IsNone => Grace == 0 && MinimumStay == 0;

    /// <summary>Whether a customer that the rules put into another layer is kept where it is.</summary>
    /// <param name="before">Where it stands.</param>
    /// <param name="layer">Where the rules put it.</param>
    /// <param name="at">The instant.</param>
    /// <param name="since">Since when the downgrade is pending.</param>
    /// <param name="effect">When it takes effect.</param>
    public bool Keeps(in LayerState before, int layer, Instant at, out Instant since, out Instant effect)
    {
        since = before.IsPending ? before.PendingSince : at;
        effect = at;
        if (layer >= before.Layer || IsNone) return false;
        effect = TakesEffectAt(before, since);
        return at < effect;
    }

    /// <summary>When a downgrade that is pending since an instant takes effect, if it still holds then.</summary>
    public Instant TakesEffectAt(in LayerState state, Instant pendingSince) =>
        Instant.Max(pendingSince.Plus(Grace), state.Since.Plus(MinimumStay));
}
