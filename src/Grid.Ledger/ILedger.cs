using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger;

/// <summary>
/// The durable truth: customer rows, the transition log and the rejects. State and transitions of a change are one transaction; when
/// <see cref="Commit"/> answers <see cref="Committed"/> the change survives the loss of power.
/// </summary>
/// <remarks>
/// Broken storage throws <see cref="LedgerException"/>, which says whether trying again can help. All members may be called concurrently.
/// </remarks>
public interface ILedger : IAsyncDisposable
{
    /// <summary>Applies the migrations, begins to recover what a crash left, and refuses an unknown schema version. Called once, first.</summary>
    Task Open(CancellationToken cancellation);

    /// <summary>
    /// Ends when what a crash left has been found, and fails when it cannot be read. <see cref="Open"/> does not wait for it; whatever asks
    /// for customers or commits does.
    /// </summary>
    Task Recovered => Task.CompletedTask;

    /// <summary>The customer's row as of its last commit, or null.</summary>
    ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation);

    /// <summary>Writes the change together with those of other callers (batch commit).</summary>
    ValueTask<CommitOutcome> Commit(CustomerChange change);

    /// <summary>
    /// Refuses changes of earlier epochs of the rules from now on, from every process. When it returns, those committed before were
    /// told to the observers of this process. A lower epoch than the one in force changes nothing.
    /// </summary>
    /// <returns>The epoch in force: this one, or a later one of another process.</returns>
    ValueTask<long> Fence(long epoch);

    /// <summary>What the ledger did since it was opened.</summary>
    LedgerStatistics Statistics { get; }

    /// <summary>Where the log ends now.</summary>
    LogPosition Head { get; }

    /// <summary>Transitions after <paramref name="after"/>, in order within each lane; empty at the end of the log.</summary>
    ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation);

    /// <summary>Customers whose deadline is at or before <paramref name="before"/>, earliest first.</summary>
    ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation);

    /// <summary>The earliest deadline of all, <see cref="Instant.Never"/> when there is none.</summary>
    ValueTask<Instant> NextDue(CancellationToken cancellation);

    /// <summary>All rows as they stood at one position of the log, in the order of their ids.</summary>
    ValueTask<LedgerScan> Scan(CancellationToken cancellation);

    /// <summary>The rows of one partition as they stood at one position of the log, in the order of their ids.</summary>
    /// <param name="partition">As <see cref="PartitionOf"/> gives it.</param>
    ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation);

    /// <summary>What must be known of a partition's customers without opening their states.</summary>
    /// <param name="partition">As <see cref="PartitionOf"/> gives it.</param>
    ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation);

    /// <summary>The last batch of each lane that this process knows of; reading it costs next to nothing.</summary>
    CommitPosition CommitHead { get; }

    /// <summary>Completes when a batch was committed by this process, or this process learns of another's.</summary>
    AsyncSignal Signal { get; }

    /// <summary>
    /// Batches after <paramref name="after"/>, those of each lane in order and without gaps; empty when there is nothing new, which costs
    /// next to nothing. Null when some were dropped: the caller scans again.
    /// </summary>
    /// <param name="limitBatches">At most so many, but each lane with something new gives one at least.</param>
    ValueTask<CommitPage?> Commits(CommitPosition after, int limitBatches, CancellationToken cancellation);

    /// <summary>Removes the customer's row and its name from the log; its transitions stay, so that counts still add up.</summary>
    ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation);

    /// <summary>Keeps rejected items; durable when it returns.</summary>
    ValueTask Reject(IReadOnlyList<Reject> rejects);

    /// <summary>Rejected items after <paramref name="after"/> (0 = from the first), in order.</summary>
    ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation);
}

/// <summary>What must be known of a customer without opening its state.</summary>
/// <param name="Version">Of the row after the change; 0 when the customer was erased.</param>
/// <param name="DueAt">When time alone changes something next.</param>
/// <param name="Measures">The values the baseline ranks, in the order of the rulebook.</param>
/// <param name="Standing">Its layers.</param>
public readonly record struct CommittedCustomer(CustomerId Customer, long Version, Instant DueAt, long[] Measures, LayerAssignments Standing)
{
    public static CommittedCustomer From(CustomerChange change) =>
        new(change.Customer, change.Version, change.DueAt, change.Measures, change.Standing);

    /// <param name="state">Its first bytes, up to the last layer, are enough.</param>
    public static CommittedCustomer From(CustomerId customer, ReadOnlySpan<byte> state)
    {
        var header = CustomerHeader.Read(state);
        return new CommittedCustomer(customer, header.Version, header.DueAt, header.Measures, CustomerCodec.ReadStanding(state));
    }

    /// <param name="state">Its first bytes, up to the last layer, are enough.</param>
    internal static CommittedCustomer From(CustomerId customer, long version, Instant dueAt, ReadOnlySpan<byte> state) =>
        new(customer, version, dueAt, CustomerHeader.Read(state).Measures, CustomerCodec.ReadStanding(state));

    /// <summary>What an erasure leaves: no version, no deadline, no measures, no layers.</summary>
    public static CommittedCustomer Erased(CustomerId customer) => new(customer, 0, Instant.Never, [], new LayerAssignments(0, []));

    public bool IsErased => Version == 0;
}

public abstract record CommitOutcome;

/// <summary>Durable. <paramref name="Head"/> is the end of the log after the batch in which the change was written.</summary>
public sealed record Committed(LogPosition Head) : CommitOutcome;

/// <summary>Another writer was faster: the row is at <paramref name="Actual"/>. Nothing was written.</summary>
public sealed record VersionConflict(long Actual) : CommitOutcome;

/// <summary>The rules that the change was evaluated under are no longer in force. Nothing was written.</summary>
/// <param name="Epoch">The epoch in force, or an earlier one that is newer than the change's.</param>
public sealed record RulesOutdated(long Epoch) : CommitOutcome;

public sealed record DueCustomer(CustomerId Customer, Instant DueAt);

/// <summary>An item that was not taken: its raw JSON (shortened to a limit), the reason and the place in the request.</summary>
public sealed record Reject(Instant ReceivedAt, string? Customer, string? MessageId, string Reason, string Place, byte[] Raw);

public sealed record KeptReject(long Sequence, Reject Item);
