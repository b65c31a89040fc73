using Grid.Model.Customers;

namespace Grid.Ledger.Outbox;

/// <summary>Chooses deliveries to which every given member applies; without any, all.</summary>
public sealed record DeliveryFilter
{
    public string? Id { get; init; }
    public string? Trigger { get; init; }
    public string? Endpoint { get; init; }
    public CustomerId? Customer { get; init; }
    public DeliveryStatus? Status { get; init; }
}
