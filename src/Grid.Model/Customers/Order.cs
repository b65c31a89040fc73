using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>An order kept in detail. The last three fields are settled from the customer's refunds and cancellations.</summary>
public struct Order
{
    public required Instant At { get; init; }
    public required MessageKey Key { get; init; }
    public required Utf8Id Id { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }
    public string? Category { get; init; }
    public string? Channel { get; init; }
    public int Quantity { get; init; }

    /// <summary>The keys of the messages with the same id and instant that this one has replaced; null for none.</summary>
    internal MessageKey[]? Replaced { get; set; }

    public Instant CancelledAt { get; set; }

    /// <summary>The instant at which refunds had used up the whole amount; <see cref="Instant.Never"/> while they have not.</summary>
    public Instant RefundedAt { get; set; }

    /// <summary>Minor units of its refunds that count.</summary>
    public long Refunded { get; set; }

    /// <summary>Whether the order has happened and is not cancelled at an instant.</summary>
    public readonly bool CountsAt(Instant now) => At <= now && now < CancelledAt;
}

/// <summary>A refund. The last five fields are settled from its order, once the order has arrived.</summary>
public struct Refund
{
    public required Instant At { get; init; }
    public required MessageKey Key { get; init; }
    public required Utf8Id OrderId { get; init; }

    /// <summary>Minor units; null for a refund of the rest of the order, and for returned pieces without a price.</summary>
    public required long? Amount { get; init; }

    /// <summary>The pieces returned; 0 when the refund names none.</summary>
    public int Pieces { get; init; }

    /// <summary>
    /// Minor units that count: the part beyond the order's amount does not, and a refund of the rest counts nothing until its order arrives.
    /// </summary>
    public long Counted { get; set; }

    /// <summary>Whether the customer has the order.</summary>
    public bool HasOrder { get; set; }

    /// <summary>Some pieces of the order are returned and a price is missing: the amount cannot be known, and nothing counts.</summary>
    public bool IsAmountUnknown { get; set; }

    /// <summary>The instant from which the order, and with it its refunds, no longer counts.</summary>
    public Instant CancelledAt { get; set; }

    /// <summary>Whether its order is folded.</summary>
    public bool IsFolded { get; set; }

    public readonly bool CountsAt(Instant now) => At <= now && now < CancelledAt;
}

public record struct Cancellation(Instant At, MessageKey Key, Utf8Id OrderId)
{
    /// <summary>Whether its order is folded; settled.</summary>
    public bool IsFolded { get; set; }
}

/// <summary>An order older than the detail: only what sums and "once for ever" need. The last four fields are settled.</summary>
public struct FoldedOrder
{
    public required MessageKey Id { get; init; }
    public required Instant At { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>Minor units that an earlier build took as refunded without keeping the instants; they count in lifetime totals only.</summary>
    public long Undated { get; set; }

    /// <summary>Whether the stored state says it is cancelled; the instant is known only from a cancellation.</summary>
    public bool WasCancelled { get; init; }

    /// <summary><see cref="Instant.Beginning"/> when it is cancelled and the instant is lost.</summary>
    public Instant CancelledAt { get; set; }

    /// <summary>The instant at which refunds had used up the whole amount; <see cref="Instant.Never"/> while they have not.</summary>
    public Instant RefundedAt { get; set; }

    /// <summary>Minor units of its refunds that count, undated ones included.</summary>
    public long Refunded { get; set; }

    public bool HasDatedRefund { get; set; }

    /// <summary>Whether the order has happened and is not cancelled at an instant.</summary>
    public readonly bool CountsAt(Instant now) => At <= now && now < CancelledAt;
}
