using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Customers;

/// <summary>A customer's layer in one scheme.</summary>
/// <param name="Layer">Index of the layer in the scheme, lowest rank first.</param>
/// <param name="From">The layer before, or <see cref="None"/> on entry.</param>
/// <param name="Since">The instant at which the rule made the last transition effective.</param>
/// <param name="Cause">Why the last transition happened.</param>
/// <param name="NextAt">The next instant at which time alone moves the customer, under the baseline it was evaluated with.</param>
public readonly record struct LayerState(int Layer, int From, Instant Since, Cause Cause, Instant NextAt)
{
    public const int None = -1;

    /// <summary>
    /// The instant since which the rules put the customer lower while the scheme's <see cref="Schemes.DowngradePolicy"/> keeps it in its layer;
    /// <see cref="Instant.Never"/> when no downgrade is pending.
    /// </summary>
    public Instant PendingSince { get; init; } = Instant.Never;

    public bool IsPending => !PendingSince.IsNever;
}
