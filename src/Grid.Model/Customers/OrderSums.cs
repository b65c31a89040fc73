using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>What the metrics read from an order book at an instant, and when each reading changes next by time alone.</summary>
public static class OrderSums
{
    /// <summary>Orders inside the window; without those fully refunded by <paramref name="now"/> when asked.</summary>
    public static long Count(this OrderBook book, Window window, Instant now, bool excludeRefunded = false)
    {
        var start = window.Start(now);
        var orders = book.Orders;
        long count = 0;
        for (var index = orders.Length - 1; index >= 0 && orders[index].At >= start; index--)
            if (orders[index].CountsAt(now) && !(excludeRefunded && orders[index].RefundedAt <= now))
                count++;
        var folded = book.Folded;
        for (var index = folded.Length - 1; index >= 0 && folded[index].At >= start; index--)
            if (folded[index].CountsAt(now) && !(excludeRefunded && folded[index].RefundedAt <= now))
                count++;
        return count;
    }

    /// <summary>Whether any order is inside the window.</summary>
    public static bool Any(this OrderBook book, Window window, Instant now) => book.LastAt(now) is { } last && last >= window.Start(now);

    /// <summary>Amounts of the orders inside the window, refunds not subtracted, in minor units.</summary>
    public static long Gross(this OrderBook book, Window window, Instant now)
    {
        var start = window.Start(now);
        var orders = book.Orders;
        long sum = 0;
        for (var index = orders.Length - 1; index >= 0 && orders[index].At >= start; index--)
            if (orders[index].CountsAt(now))
                sum += orders[index].Amount;
        var folded = book.Folded;
        for (var index = folded.Length - 1; index >= 0 && folded[index].At >= start; index--)
            if (folded[index].CountsAt(now))
                sum += folded[index].Amount;
        return sum;
    }

    /// <summary>
    /// Refunds booked inside the window on their own dates, as far as they count, in minor units. Those whose dates an earlier build has not kept
    /// are in the sum over all time only.
    /// </summary>
    public static long Refunded(this OrderBook book, Window window, Instant now)
    {
        var start = window.Start(now);
        var refunds = book.Refunds;
        long sum = 0;
        for (var index = refunds.Length - 1; index >= 0 && refunds[index].At >= start; index--)
            if (refunds[index].CountsAt(now))
                sum += refunds[index].Counted;
        if (!window.IsAll) return sum;
        foreach (ref readonly var folded in book.Folded)
            if (folded.CountsAt(now))
                sum += folded.Undated;
        return sum;
    }

    /// <summary>The instant of the last order that counts, null when there is none.</summary>
    public static Instant? LastAt(this OrderBook book, Instant now)
    {
        var orders = book.Orders;
        for (var index = orders.Length - 1; index >= 0; index--)
            if (orders[index].CountsAt(now))
                return orders[index].At;
        var folded = book.Folded;
        for (var index = folded.Length - 1; index >= 0; index--)
            if (folded[index].CountsAt(now))
                return folded[index].At;
        return null;
    }

    /// <summary>The instant of the first order that counts, null when there is none.</summary>
    public static Instant? FirstAt(this OrderBook book, Instant now)
    {
        foreach (ref readonly var folded in book.Folded)
            if (folded.CountsAt(now))
                return folded.At;
        foreach (ref readonly var order in book.Orders)
            if (order.CountsAt(now))
                return order.At;
        return null;
    }

    /// <summary>
    /// The first instant after <paramref name="now"/> at which any sum over the window can change: an order or refund enters, leaves,
    /// is cancelled or fully refunded.
    /// </summary>
    public static Instant NextChange(this OrderBook book, Window window, Instant now)
    {
        if (book.QuietFrom > now) return NextOfAll(book, window, now);
        return window.IsAll ? Instant.Never : NextLeaving(book, window, now);
    }

    /// <summary>Once the last known fact lies in the past, the oldest order or refund that counts is the next to leave the window.</summary>
    private static Instant NextLeaving(OrderBook book, Window window, Instant now)
    {
        var start = window.Start(now);
        var oldest = Instant.Never;
        var orders = book.Orders;
        for (var index = orders.Length - 1; index >= 0 && orders[index].At >= start; index--)
            if (orders[index].CancelledAt > now)
                oldest = orders[index].At;
        var folded = book.Folded;
        for (var index = folded.Length - 1; index >= 0 && folded[index].At >= start; index--)
            if (folded[index].CancelledAt > now)
                oldest = folded[index].At;
        var refunds = book.Refunds;
        for (var index = refunds.Length - 1; index >= 0 && refunds[index].At >= start; index--)
            if (refunds[index].CancelledAt > now)
                oldest = Instant.Min(oldest, refunds[index].At);
        return oldest.IsNever ? Instant.Never : window.Leaves(oldest);
    }

    private static Instant NextOfAll(OrderBook book, Window window, Instant now)
    {
        var start = window.Start(now);
        var next = Instant.Never;
        var oldest = Instant.Never;
        var orders = book.Orders;
        for (var index = orders.Length - 1; index >= 0 && orders[index].At >= start; index--)
        {
            ref readonly var order = ref orders[index];
            if (order.CancelledAt <= now) continue;
            if (order.At > now) next = Instant.Min(next, order.At);
            else oldest = order.At;
            next = Instant.Min(next, order.CancelledAt);
            if (order.RefundedAt > now) next = Instant.Min(next, order.RefundedAt);
        }

        var folded = book.Folded;
        for (var index = folded.Length - 1; index >= 0 && folded[index].At >= start; index--)
        {
            ref readonly var order = ref folded[index];
            if (order.CancelledAt <= now) continue;
            if (order.At > now) next = Instant.Min(next, order.At);
            else oldest = order.At;
            next = Instant.Min(next, order.CancelledAt);
            if (order.RefundedAt > now) next = Instant.Min(next, order.RefundedAt);
        }

        var refunds = book.Refunds;
        for (var index = refunds.Length - 1; index >= 0 && refunds[index].At >= start; index--)
        {
            ref readonly var refund = ref refunds[index];
            if (refund.CancelledAt <= now) continue;
            if (refund.At > now) next = Instant.Min(next, refund.At);
            else oldest = Instant.Min(oldest, refund.At);
            next = Instant.Min(next, refund.CancelledAt);
        }

        return oldest.IsNever ? next : Instant.Min(next, window.Leaves(oldest));
    }

    /// <summary>The middle interval between successive orders kept in detail, the lower of two; null below two orders. Milliseconds.</summary>
    public static long? MedianInterval(this OrderBook book, Instant now)
    {
        var orders = book.Orders;
        var intervals = new List<long>(orders.Length);
        Instant? before = null;
        foreach (ref readonly var order in orders)
        {
            if (!order.CountsAt(now)) continue;
            if (before is not null) intervals.Add(order.At.Milliseconds - before.Value.Milliseconds);
            before = order.At;
        }

        if (intervals.Count == 0) return null;
        intervals.Sort();
        return intervals[(intervals.Count - 1) / 2];
    }
}
