using Grid.Model.Time;

namespace Grid.Ledger.Outbox;

/// <summary>
/// The deliveries of triggers, each a row of the ledger. Every write may be repeated: a call that failed as <see cref="FailureKind.Temporary"/> may
/// have been committed.
/// </summary>
/// <remarks>All calls throw <see cref="LedgerException"/> when the storage fails.</remarks>
public interface IOutbox
{
    /// <summary>Stores deliveries in their order, with the trigger's new position and state, in one transaction.</summary>
    /// <param name="after">The stored position that the caller has read; null when the trigger has none.</param>
    /// <param name="state">The trigger's state as of <paramref name="position"/>.</param>
    /// <param name="rows">
    /// At most <see cref="LedgerLimits.OutboxBatchRowsMax"/>. A row whose id is stored already is left as it is.
    /// </param>
    /// <returns>False when another position is stored, and nothing was written. A repeat with the same position and state is true.</returns>
    Task<bool> Record(
        string trigger, string? after, string position, byte[] state, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation);

    /// <summary>The trigger's position and state; null when none is stored.</summary>
    Task<TriggerPosition?> Position(string trigger, CancellationToken cancellation);

    /// <summary>Pending deliveries of an endpoint in the order of their numbers, also those due later.</summary>
    /// <param name="afterNumber">The last number read; 0 = from the first. A replayed delivery keeps its number and is not after it.</param>
    /// <param name="limit">At most <see cref="LedgerLimits.OutboxPageRowsMax"/>; a larger page gets that many.</param>
    Task<IReadOnlyList<StoredDelivery>> Pending(string endpoint, long afterNumber, int limit, CancellationToken cancellation);

    /// <summary>
    /// Stores what became of pending deliveries, in one transaction. A row that is no longer pending or is gone stays as it is, except that an
    /// attempt that was delivered is stored whatever the row's status.
    /// </summary>
    /// <param name="attempts">At most <see cref="LedgerLimits.OutboxBatchRowsMax"/>, each of another row.</param>
    Task Settle(IReadOnlyList<DeliveryAttempt> attempts, CancellationToken cancellation);

    /// <summary>Deliveries, newest first.</summary>
    /// <param name="beforeNumber">The last number read; <see cref="long.MaxValue"/> = from the newest.</param>
    /// <param name="limit">At most <see cref="LedgerLimits.OutboxPageRowsMax"/>; a larger page gets that many.</param>
    Task<IReadOnlyList<StoredDelivery>> List(DeliveryFilter filter, long beforeNumber, int limit, CancellationToken cancellation);

    /// <summary>One delivery; null when it is unknown, erased or summarised.</summary>
    Task<StoredDelivery?> Find(string id, CancellationToken cancellation);

    /// <summary>
    /// Makes parked deliveries pending again, due now and with no attempts; a filter by id takes a delivered or dropped one as well. Batch by batch:
    /// a failure leaves the rest parked.
    /// </summary>
    /// <returns>How many are pending again.</returns>
    Task<long> Replay(DeliveryFilter filter, Instant now, CancellationToken cancellation);

    /// <summary>Deliveries by trigger, endpoint and status, those that were summarised included, as of one moment. Reads all rows of the trigger.</summary>
    /// <param name="trigger">Null for all triggers.</param>
    Task<IReadOnlyList<DeliveryCount>> Counts(string? trigger, CancellationToken cancellation);

    /// <summary>
    /// Removes deliveries that are neither pending nor parked and were last changed before an instant, oldest first, and adds them to the counts of
    /// their day. In one transaction.
    /// </summary>
    /// <param name="limit">At most <see cref="LedgerLimits.OutboxBatchRowsMax"/>; a larger batch gets that many.</param>
    /// <returns>How many were removed; 0 when no more are that old.</returns>
    Task<int> Summarise(Instant before, int limit, CancellationToken cancellation);

    /// <summary>Removes the trigger's position and state, then drops its pending deliveries batch by batch. Its other deliveries stay.</summary>
    /// <param name="reason">Why the deliveries are dropped.</param>
    Task RemoveTrigger(string trigger, string reason, Instant now, CancellationToken cancellation);
}
