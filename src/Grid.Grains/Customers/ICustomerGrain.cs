using Grid.Ledger;
using Grid.Model.Facts;

namespace Grid.Grains.Customers;

/// <summary>One customer: the writer of its row.</summary>
[Alias("grid.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Applies facts and answers when the changes are durable.</summary>
    [Alias("Record")]
    ValueTask<RecordReply> Record(FactBatch batch);

    /// <summary>Works off everything that is due now. Commits nothing when nothing is due.</summary>
    /// <param name="epoch">The decision uses rules of this epoch or a later one.</param>
    /// <param name="version">
    /// The last version of the row that the caller knows; 0: none. A stale activation then reads the row again: when nothing is due it commits
    /// nothing, and so would not notice that it is stale.
    /// </param>
    /// <returns>The committed head of the customer; null when the customer is unknown.</returns>
    [Alias("Advance")]
    ValueTask<CommittedCustomer?> Advance(long epoch, long version);

    /// <summary>
    /// The state after the last commit, for the caller to evaluate: reads are answered by pure evaluation and commit nothing. Null for an unknown
    /// customer.
    /// </summary>
    [Alias("Read")]
    ValueTask<CustomerState?> Read();

    /// <summary>
    /// Erases the person: the customer leaves its layers, its row is removed, and its name is replaced in the log. Later facts under the same id
    /// begin a new customer. Calling again is safe.
    /// </summary>
    /// <returns>False when the customer was unknown.</returns>
    [Alias("Erase")]
    ValueTask<bool> Erase();
}

/// <summary>Facts of one customer, in order of arrival. Between processes they are encoded by <c>FactCodec</c>.</summary>
[Immutable]
public sealed record FactBatch(IReadOnlyList<Fact> Facts);

/// <summary>One outcome per fact of the batch.</summary>
[Immutable]
public sealed record RecordReply(IReadOnlyList<FactOutcome> Outcomes);

/// <param name="State">The encoded state, as the ledger keeps it.</param>
/// <param name="Epoch">
/// The epoch of the silo's rules: the state was decided under them or earlier ones, so an evaluator needs rules of this epoch or later.
/// </param>
[GenerateSerializer, Immutable, Alias("grid.customer-state")]
public sealed record CustomerState([property: Id(0)] ReadOnlyMemory<byte> State, [property: Id(1)] long Epoch);
