using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Outbox;

/// <summary>A delivery of a trigger to an endpoint, also one that was decided against.</summary>
/// <param name="Id">Unique; the same for the same transition, trigger and endpoint whenever it is decided.</param>
/// <param name="Sequence">The order among the deliveries of the customer, as receivers see it.</param>
/// <param name="Reason">Why it has this status; null where the status says all.</param>
/// <param name="DueAt">When a pending delivery is to be sent; later than now when it is deferred.</param>
/// <param name="CreatedAt">When it was decided.</param>
/// <param name="EffectiveAt">The instant of the transition.</param>
/// <param name="Payload">The body to send.</param>
public sealed record OutboxRow(
    string Id,
    string Trigger,
    string Endpoint,
    CustomerId Customer,
    string Sequence,
    DeliveryStatus Status,
    string? Reason,
    Instant DueAt,
    Instant CreatedAt,
    Instant EffectiveAt,
    byte[] Payload);
