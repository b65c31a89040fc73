using Grid.Model.Time;

namespace Grid.Ledger.Outbox;

/// <summary>A delivery as it is stored.</summary>
/// <param name="Number">Given by the database: rises in the order of recording, and never returns.</param>
/// <param name="Row">With the present status, reason and due instant.</param>
/// <param name="Attempts">Requests sent since it was recorded or replayed.</param>
/// <param name="ChangedAt">The instant of the last attempt, replay or decision.</param>
/// <param name="LastResponse">Null before the first attempt.</param>
public sealed record StoredDelivery(long Number, OutboxRow Row, int Attempts, Instant ChangedAt, DeliveryResponse? LastResponse);

/// <summary>The answer of an endpoint.</summary>
/// <param name="StatusCode">Of HTTP; null when there was no answer.</param>
/// <param name="Text">The start of the body, or the failure. Longer than <see cref="LedgerLimits.OutboxTextBytesMax"/>, it is cut off.</param>
public sealed record DeliveryResponse(int? StatusCode, string Text);
