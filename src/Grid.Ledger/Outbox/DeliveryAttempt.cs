using Grid.Model.Time;

namespace Grid.Ledger.Outbox;

/// <summary>What became of a pending delivery.</summary>
/// <param name="Number">The number of the row.</param>
/// <param name="Status">The new status; pending when it is to be sent again.</param>
/// <param name="Reason">Why it has this status; null where the status says all.</param>
/// <param name="Attempts">Requests sent so far, this one included.</param>
/// <param name="DueAt">When a pending delivery is to be sent next.</param>
/// <param name="At">When the attempt ended.</param>
/// <param name="Response">Null when nothing was sent.</param>
public sealed record DeliveryAttempt(
    long Number, DeliveryStatus Status, string? Reason, int Attempts, Instant DueAt, Instant At, DeliveryResponse? Response);
