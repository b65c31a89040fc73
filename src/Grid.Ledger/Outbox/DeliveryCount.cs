namespace Grid.Ledger.Outbox;

/// <summary>How many deliveries of a trigger to an endpoint have a status.</summary>
public sealed record DeliveryCount(string Trigger, string Endpoint, DeliveryStatus Status, long Count);
