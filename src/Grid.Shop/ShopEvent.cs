using Grid.Model.Time;

namespace Grid.Shop;

internal enum ShopEventKind : byte
{
    Identified,
    GroupJoined,
    PageViewed,
    ProductViewed,
    Interacted,
    ProductIntroduced,
    QuoteSent,
    ReferralCompleted,
    OrderCompleted,
    OrderRefunded,
    OrderCancelled,
    TagAdded,
}

/// <summary>
/// An event of the shop, compact until <see cref="ShopEventWriter"/> writes it: the meaning of <paramref name="Subject"/> (an index in
/// <see cref="ShopCatalogue"/>) and <paramref name="Quantity"/> depends on the kind.
/// </summary>
/// <param name="DeliveredAt">When the client sends it: never before it occurred, usually a second later, sometimes days.</param>
/// <param name="Message">The number of the customer's event; a re-delivery repeats it.</param>
/// <param name="Order">The number of the customer's order, from 1; 0 for an event without an order.</param>
/// <param name="Amount">Fen; null for a refund of the rest, and for an event without money.</param>
/// <param name="Quantity">Pieces of an order, seconds of a view, days until a tag expires (0 = never).</param>
internal readonly record struct ShopEvent(
    ShopEventKind Kind,
    ShopCustomer Customer,
    int Message,
    Instant OccurredAt,
    Instant DeliveredAt,
    int Subject = 0,
    int Order = 0,
    long? Amount = null,
    int Quantity = 0)
{
    public string UserId => $"customer-{Customer.Number:000000}";

    public string MessageId => $"shop-{Customer.ShopSeed}-{Customer.Number}-{Message}";

    /// <summary>Unique to the customer and the shop's seed, so that two shops never share an order id.</summary>
    public string OrderId => $"order-{Customer.ShopSeed}-{Customer.Number}-{Order}";
}
