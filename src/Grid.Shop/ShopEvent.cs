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
/// Something that happened in the shop, compact until it is written by <see cref="ShopEventWriter"/>: the meaning of
/// <paramref name="Subject"/> (a place in <see cref="ShopCatalogue"/>) and <paramref name="Quantity"/> depends on the kind.
/// </summary>
/// <param name="DeliveredAt">When the client hands it over: never before it occurred, a second later as a rule, at times days.</param>
/// <param name="Message">Counts a customer's events; a re-delivery repeats it.</param>
/// <param name="Order">Counts a customer's orders from 1; 0 where no order is meant.</param>
/// <param name="Amount">Fen; null on a refund of all that is left, and where no money is meant.</param>
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

    /// <summary>Of the customer and the shop's seed, so that no two shops mean the same order.</summary>
    public string OrderId => $"order-{Customer.ShopSeed}-{Customer.Number}-{Order}";
}
