using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Model.Transitions;

/// <summary>Why a customer moved. <see cref="Number"/> is the baseline's or rulebook's, else 0.</summary>
public readonly record struct Cause(CauseKind Kind, int Number = 0)
{
    public override string ToString() => Kind switch
    {
        CauseKind.Event => "event",
        CauseKind.LateEvent => "late event",
        CauseKind.Time => "time",
        CauseKind.Baseline => $"baseline #{Number}",
        CauseKind.Erasure => "erasure",
        _ => $"rulebook #{Number}",
    };
}

/// <summary>The numbers are part of the stored format.</summary>
public enum CauseKind : byte
{
    Event = 1,
    LateEvent = 2,
    Time = 3,
    Baseline = 4,
    Rulebook = 5,

    /// <summary>The erasure of the customer.</summary>
    Erasure = 6,
}

/// <summary>The numbers are part of the stored format.</summary>
public enum Direction : byte
{
    /// <summary>The customer's first layer in the scheme.</summary>
    Entry = 1,
    Upgrade = 2,
    Downgrade = 3,

    /// <summary>The customer is in no layer of the scheme any more: the scheme is gone from the rulebook, or the customer from the grid.</summary>
    Exit = 4,

    /// <summary>From one layer to another of a scheme whose layers have no rank.</summary>
    Change = 5,
}

/// <summary>
/// One customer moved from one layer of a scheme to another. <paramref name="EffectiveAt"/> is the rule's instant,
/// <paramref name="RecordedAt"/> when the grid noticed; they differ after downtime. <paramref name="From"/> is null on entry,
/// <paramref name="To"/> on exit, so that the entries less the exits of a layer are always its members.
/// </summary>
public sealed record Transition(
    CustomerId Customer,
    string Scheme,
    string? From,
    string? To,
    Direction Direction,
    Cause Cause,
    Instant EffectiveAt,
    Instant RecordedAt);
