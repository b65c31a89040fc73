using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger;

/// <summary>
/// The durable store of customer rows, the transition log and the rejects. State and transitions of a change are one transaction; when
/// <see cref="Commit"/> returns <see cref="Committed"/>, the change is durable.
/// </summary>
/// <remarks>
/// Failing storage throws <see cref="LedgerException"/>, which distinguishes temporary from permanent failures. All members may be called
/// concurrently.
/// </remarks>
public interface ILedger : IAsyncDisposable
{
    /// <summary>
    /// Applies the migrations, starts the recovery after a crash, and refuses an unknown schema version. Called once, before all other members.
    /// </summary>
    Task Open(CancellationToken cancellation);

    /// <summary>
    /// Completes when recovery after a crash has ended; fails when the journal cannot be read. <see cref="Open"/> does not wait for it; members that
    /// read or commit customers do.
    /// </summary>
    Task Recovered => Task.CompletedTask;

    /// <summary>The customer's row as of its last commit, or null.</summary>
    ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation);

    /// <summary>Writes the change together with those of other callers (batch commit).</summary>
    ValueTask<CommitOutcome> Commit(CustomerChange change);

    /// <summary>
    /// Refuses changes of earlier epochs from now on, in every process. When it returns, the observers of this process have received all earlier
    /// commits. An epoch below the one in force changes nothing.
    /// </summary>
    /// <returns>The epoch in force: this one, or a later one from another process.</returns>
    ValueTask<long> Fence(long epoch);

    /// <summary>
    /// How many customers were erased since the ledger was opened; null where other processes may erase too. See
    /// <see cref="CustomerChange.ErasuresBefore"/>.
    /// </summary>
    long? Erasures => null;

    /// <summary>Statistics since the ledger was opened.</summary>
    LedgerStatistics Statistics { get; }

    /// <summary>The present end of the log.</summary>
    LogPosition Head { get; }

    /// <summary>Transitions after <paramref name="after"/>, in order within each lane; empty at the end of the log.</summary>
    ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation);

    /// <summary>Customers whose deadline is at or before <paramref name="before"/>, earliest first.</summary>
    ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation);

    /// <summary>The earliest deadline of all customers; <see cref="Instant.Never"/> when there is none.</summary>
    ValueTask<Instant> NextDue(CancellationToken cancellation);

    /// <summary>All rows at one position of the log, in the order of their ids.</summary>
    ValueTask<LedgerScan> Scan(CancellationToken cancellation);

    /// <summary>The rows of one partition at one position of the log, in the order of their ids.</summary>
    /// <param name="partition">A number of <see cref="PartitionOf"/>.</param>
    ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation);

    /// <summary>The heads of a partition's customers: version, deadline, measures and layers, without their states.</summary>
    /// <param name="partition">A number of <see cref="PartitionOf"/>.</param>
    ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation);

    /// <summary>The last batch of each lane that this process knows of; cheap to read.</summary>
    CommitPosition CommitHead { get; }

    /// <summary>Signals each batch that this process commits, or learns of from another process.</summary>
    AsyncSignal Signal { get; }

    /// <summary>
    /// Batches after <paramref name="after"/>, those of each lane in order and without gaps; empty when there are none, which is cheap. Null when
    /// the ledger has dropped some of them: the caller must scan the rows again.
    /// </summary>
    /// <param name="limitBatches">The most batches to return; each lane with new batches gives at least one.</param>
    ValueTask<CommitPage?> Commits(CommitPosition after, int limitBatches, CancellationToken cancellation);

    /// <summary>Removes the customer's row, rejects and deliveries, and its name from the log; its transitions stay, so that counts still add up.</summary>
    ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation);

    /// <summary>Stores rejected items; they are durable when it returns.</summary>
    ValueTask Reject(IReadOnlyList<Reject> rejects);

    /// <summary>Rejected items after <paramref name="after"/> (0 = from the first), in order.</summary>
    ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation);
}

/// <summary>The head of a customer: what must be known of it without decoding its state.</summary>
/// <param name="Version">The version of the row after the change; 0 when the customer was erased.</param>
/// <param name="DueAt">The next instant at which time alone changes something.</param>
/// <param name="Measures">The values the baseline ranks, in the order of the rulebook.</param>
/// <param name="Standing">Its layers.</param>
public readonly record struct CommittedCustomer(CustomerId Customer, long Version, Instant DueAt, long[] Measures, LayerAssignments Standing)
{
    public static CommittedCustomer From(CustomerChange change) =>
        new(change.Customer, change.Version, change.DueAt, change.Measures, change.Standing);

    /// <param name="state">The encoded state; its first bytes, up to the last layer, are enough.</param>
    public static CommittedCustomer From(CustomerId customer, ReadOnlySpan<byte> state)
    {
        var header = CustomerHeader.Read(state);
        return new CommittedCustomer(customer, header.Version, header.DueAt, header.Measures, CustomerCodec.ReadStanding(state));
    }

    /// <param name="state">The encoded state; its first bytes, up to the last layer, are enough.</param>
    internal static CommittedCustomer From(CustomerId customer, long version, Instant dueAt, ReadOnlySpan<byte> state) =>
        new(customer, version, dueAt, CustomerHeader.Read(state).Measures, CustomerCodec.ReadStanding(state));

    /// <summary>The head of an erased customer: no version, no deadline, no measures, no layers.</summary>
    public static CommittedCustomer Erased(CustomerId customer) => new(customer, 0, Instant.Never, [], new LayerAssignments(0, []));

    public bool IsErased => Version == 0;
}

public abstract record CommitOutcome;

/// <summary>The change is durable. <paramref name="Head"/> is the end of the log after the batch that contains it.</summary>
public sealed record Committed(LogPosition Head) : CommitOutcome;

/// <summary>Another writer changed the row first, which is now at version <paramref name="Actual"/>. Nothing was written.</summary>
public sealed record VersionConflict(long Actual) : CommitOutcome;

/// <summary>The rules that the change was evaluated under are no longer in force. Nothing was written.</summary>
/// <param name="Epoch">The epoch in force, or an earlier one that is newer than the change's.</param>
public sealed record RulesOutdated(long Epoch) : CommitOutcome;

public sealed record DueCustomer(CustomerId Customer, Instant DueAt);

/// <summary>A rejected item: its raw JSON (shortened to a limit), the reason and the place in the request.</summary>
public sealed record Reject(Instant ReceivedAt, string? Customer, string? MessageId, string Reason, string Place, byte[] Raw);

public sealed record KeptReject(long Sequence, Reject Item);
