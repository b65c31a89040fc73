using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Customers;

/// <summary>Where a customer stands in one scheme.</summary>
/// <param name="Layer">Index of the layer in the scheme, lowest rank first.</param>
/// <param name="From">The layer before, or <see cref="None"/> on entry.</param>
/// <param name="Since">The rule's instant of the last transition.</param>
/// <param name="Cause">Why it moved then.</param>
/// <param name="NextAt">When time alone moves it next, under the baseline it was evaluated with.</param>
public readonly record struct LayerState(int Layer, int From, Instant Since, Cause Cause, Instant NextAt)
{
    public const int None = -1;

    /// <summary>
    /// Since when the rules have put the customer lower while the scheme's <see cref="Schemes.DowngradePolicy"/> keeps it where it is;
    /// <see cref="Instant.Never"/> while they do not.
    /// </summary>
    public Instant PendingSince { get; init; } = Instant.Never;

    public bool IsPending => !PendingSince.IsNever;
}
