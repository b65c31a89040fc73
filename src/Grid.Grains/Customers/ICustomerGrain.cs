using Grid.Ledger;
using Grid.Model.Facts;

namespace Grid.Grains.Customers;

/// <summary>One customer: the only writer of its row.</summary>
[Alias("grid.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Takes facts in and answers when what they changed is durable.</summary>
    [Alias("Record")]
    ValueTask<RecordReply> Record(FactBatch batch);

    /// <summary>Works off what is due now. Without anything due it costs no commit.</summary>
    /// <param name="epoch">The rules it is done by are of this epoch or a later one.</param>
    /// <param name="version">
    /// The last version of the row that the caller knows of; 0: none. An activation that another has overtaken reads the row again: with
    /// nothing to commit it would not notice.
    /// </param>
    /// <returns>The committed head of the customer; null when the customer is unknown.</returns>
    [Alias("Advance")]
    ValueTask<CommittedCustomer?> Advance(long epoch, long version);

    /// <summary>
    /// The state after the last commit, to be evaluated by the caller: a question is answered by pure evaluation and commits nothing. Null
    /// for a customer that nothing is known of.
    /// </summary>
    [Alias("Read")]
    ValueTask<CustomerState?> Read();

    /// <summary>
    /// Forgets the person: it leaves its layers, its row goes, and its name is taken out of the log. What is sent of it afterwards begins a
    /// new customer. Calling again is safe.
    /// </summary>
    /// <returns>False when nothing was known of it.</returns>
    [Alias("Erase")]
    ValueTask<bool> Erase();
}

/// <summary>Facts of one customer, in the order they came. Between processes they are the model's own bytes.</summary>
[Immutable]
public sealed record FactBatch(IReadOnlyList<Fact> Facts);

/// <summary>One outcome per fact of the batch.</summary>
[Immutable]
public sealed record RecordReply(IReadOnlyList<FactOutcome> Outcomes);

/// <param name="State">The encoded state, as the ledger keeps it.</param>
/// <param name="Epoch">The state was decided by rules of this epoch or an earlier one: who evaluates it knows these or later ones.</param>
[GenerateSerializer, Immutable, Alias("grid.customer-state")]
public sealed record CustomerState([property: Id(0)] ReadOnlyMemory<byte> State, [property: Id(1)] long Epoch);
