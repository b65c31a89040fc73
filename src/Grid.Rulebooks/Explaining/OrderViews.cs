using Grid.Model.Customers;

namespace Grid.Rulebooks.Explaining;

/// <param name="Refunded">Minor units of its refunds that count.</param>
public sealed record OrderView(
    string OrderId, string At, long Amount, long Refunded, string? CancelledAt, string? Category, string? Channel, int Quantity)
{
    internal static List<OrderView> From(OrderBook book)
    {
        var views = new List<OrderView>();
        var orders = book.Orders;
        for (var index = orders.Length - 1; index >= 0 && views.Count < AnswerLimits.OrdersMax; index--)
        {
            ref readonly var order = ref orders[index];
            views.Add(new OrderView(
                order.Id.ToString(),
                order.At.ToString(),
                order.Amount,
                order.Refunded,
                AnswerText.Format(order.CancelledAt),
                order.Category,
                order.Channel,
                order.Quantity));
        }

        return views;
    }
}

/// <param name="Amount">Null for a refund of the rest of the order.</param>
/// <param name="Counted">The part beyond the order's amount does not count; a refund of the rest counts nothing until its order arrives.</param>
/// <param name="HasOrder">
/// False: the customer has no such order. The refund may number its orders in another way, or the order belongs to another id of the same person.
/// </param>
/// <param name="Pieces">The pieces returned; null for a refund that names no products.</param>
public sealed record RefundView(string OrderId, string At, long? Amount, long Counted, bool HasOrder, int? Pieces)
{
    internal static List<RefundView> From(OrderBook book)
    {
        var views = new List<RefundView>();
        var refunds = book.Refunds;
        for (var index = refunds.Length - 1; index >= 0 && views.Count < AnswerLimits.RefundsMax; index--)
        {
            ref readonly var refund = ref refunds[index];
            views.Add(new RefundView(refund.OrderId.ToString(), refund.At.ToString(), refund.Amount, refund.Counted,
                refund.HasOrder, refund.Pieces == 0 ? null : refund.Pieces));
        }

        return views;
    }
}
