using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Customers;

/// <summary>
/// What one turn of a customer asks the ledger to make durable: the new state and, beside it, the delta that leads there, so that
/// a store may journal deltas and write rows later.
/// </summary>
/// <param name="Customer">The row.</param>
/// <param name="Version">The version after this change; the row must be at <c>Version - 1</c> (0 = no row).</param>
/// <param name="State">The whole new state, encoded; its head is a <see cref="CustomerHeader"/>.</param>
/// <param name="Delta">What the fold of deltas needs to turn the previous state into <paramref name="State"/>; much smaller than the state.</param>
/// <param name="DueAt">The next instant at which time alone changes something.</param>
/// <param name="Measures">The values the baseline ranks, in the rulebook's order.</param>
/// <param name="Transitions">In order; empty when no layer changed.</param>
public sealed record CustomerChange(
    CustomerId Customer,
    long Version,
    byte[] State,
    byte[] Delta,
    Instant DueAt,
    long[] Measures,
    IReadOnlyList<Transition> Transitions)
{
    /// <summary>The epoch of the rules it was evaluated under; a ledger refuses those of an epoch that is no longer in force.</summary>
    public long Epoch { get; init; }

    /// <summary>
    /// The ledger's count of erasures before the row was read, from a writer that is not the customer's own grain. The ledger refuses the change as a
    /// conflict when it has erased anybody since: the customer may have been erased and have come back to the same version, as another person. Null
    /// from the customer's own grain, which takes one turn at a time.
    /// </summary>
    public long? ErasuresBefore { get; init; }

    /// <summary>The layers of the new state.</summary>
    public LayerAssignments Standing { get; init; } = new(0, []);

    /// <summary>The same change, as if each transition had been recorded at the instant at which it takes effect.</summary>
    public CustomerChange RecordedWhenEffective() => this with
    {
        Transitions = [.. Transitions.Select(transition => transition with { RecordedAt = transition.EffectiveAt })],
    };
}

/// <summary>A customer's row as the ledger gives it back.</summary>
public sealed record CustomerRow(CustomerId Customer, long Version, byte[] State, Instant DueAt, long[] Measures);
