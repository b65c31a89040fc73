using System.Runtime.InteropServices;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

public sealed partial class OrderBook
{
    /// <summary>Up to this many comparisons, looking through the orders for each refund is cheaper than an index.</summary>
    private const int ComparisonsMax = 1_024;

    private const int Unknown = int.MinValue;

    // One index per thread, reused.
    [ThreadStatic] private static Dictionary<ulong, int>? _index;

    /// <summary>Computes which part of each refund counts and from when each order no longer does.</summary>
    internal void Settle()
    {
        var orders = CollectionsMarshal.AsSpan(_orders);
        var folded = CollectionsMarshal.AsSpan(_folded);
        Reset(orders, folded);
        var places = Index();
        foreach (ref var cancellation in CollectionsMarshal.AsSpan(_cancellations))
        {
            var place = PlaceOf(cancellation.OrderId, places);
            cancellation.IsFolded = IsFolded(place);
            if (place >= 0) orders[place].CancelledAt = cancellation.At;
            else if (cancellation.IsFolded) folded[~place].CancelledAt = cancellation.At;
        }

        foreach (ref var refund in CollectionsMarshal.AsSpan(_refunds))
        {
            var place = PlaceOf(refund.OrderId, places);
            refund.IsFolded = IsFolded(place);
            refund.HasOrder = place != Unknown;
            refund.IsAmountUnknown = false;
            if (place >= 0) CountAgainst(ref orders[place], ref refund);
            else if (refund.IsFolded) CountAgainst(ref folded[~place], ref refund);
            else (refund.CancelledAt, refund.Counted) = (Instant.Never, refund.Amount ?? 0);
        }

        // An order changes only at one of these instants: a refund uses it up at the later of both, a cancellation cancels it at its own.
        var quiet = orders.IsEmpty ? Instant.Beginning : orders[^1].At;
        foreach (ref readonly var refund in Refunds) quiet = Instant.Max(quiet, refund.At);
        foreach (ref readonly var cancellation in Cancellations) quiet = Instant.Max(quiet, cancellation.At);
        QuietFrom = quiet;
    }

    private static void Reset(Span<Order> orders, Span<FoldedOrder> folded)
    {
        foreach (ref var order in orders)
        {
            order.CancelledAt = Instant.Never;
            order.RefundedAt = Instant.Never;
            order.Refunded = 0;
        }

        foreach (ref var order in folded)
        {
            order.CancelledAt = order.WasCancelled ? Instant.Beginning : Instant.Never;
            order.Refunded = order.Undated;
            order.RefundedAt = order.Undated > 0 && order.Undated == order.Amount ? order.At : Instant.Never;
            order.HasDatedRefund = false;
        }
    }

    private static void CountAgainst(ref Order order, ref Refund refund)
    {
        var left = order.Amount - order.Refunded;
        refund.CancelledAt = order.CancelledAt;
        refund.IsAmountUnknown = IsUnknown(refund, order);
        refund.Counted = refund.IsAmountUnknown ? 0 : IsOfRest(refund, order) ? left : Math.Min(refund.Amount!.Value, left);
        if (refund.IsAmountUnknown) return;
        order.Refunded += refund.Counted;
        if (order.Refunded == order.Amount && order.RefundedAt.IsNever) order.RefundedAt = Instant.Max(refund.At, order.At);
    }

    /// <summary>Whether some pieces of the order are returned, and a price is missing.</summary>
    private static bool IsUnknown(in Refund refund, in Order order) => refund.Amount is null && refund.Pieces > 0 && refund.Pieces < order.Quantity;

    /// <summary>Whether the refund is of all that is left. Returned pieces are all of the order, or some of them at their price.</summary>
    private static bool IsOfRest(in Refund refund, in Order order) =>
        refund.Amount is null || (refund.Pieces > 0 && refund.Pieces >= order.Quantity);

    private static void CountAgainst(ref FoldedOrder order, ref Refund refund)
    {
        var left = order.Amount - order.Refunded;
        refund.CancelledAt = order.CancelledAt;
        refund.Counted = Math.Min(refund.Amount ?? left, left);
        order.HasDatedRefund = true;
        order.Refunded += refund.Counted;
        if (order.Refunded == order.Amount && order.RefundedAt.IsNever) order.RefundedAt = Instant.Max(refund.At, order.At);
    }

    /// <summary>The place of each order that a refund or cancellation names, by the key of its id; null where a plain search is cheaper.</summary>
    private Dictionary<ulong, int>? Index()
    {
        if ((long)(_refunds.Count + _cancellations.Count) * (_orders.Count + _folded.Count) <= ComparisonsMax) return null;
        var places = _index ??= [];
        places.Clear();
        foreach (ref readonly var refund in Refunds) places[KeyOf(refund.OrderId)] = Unknown;
        foreach (ref readonly var cancellation in Cancellations) places[KeyOf(cancellation.OrderId)] = Unknown;
        for (var index = 0; index < _folded.Count; index++) Place(places, _folded[index].Id.Value, ~index);
        for (var index = 0; index < _orders.Count; index++) Place(places, KeyOf(_orders[index].Id), index);
        return places;
    }

    private static void Place(Dictionary<ulong, int> places, ulong key, int place)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(places, key);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known)) known = place;
    }

    /// <summary>The index of an order in detail, the complement of the index of a folded one, or <see cref="Unknown"/>.</summary>
    private int PlaceOf(Utf8Id id, Dictionary<ulong, int>? places)
    {
        if (places is not null) return places[KeyOf(id)];
        var index = Find(id);
        if (index >= 0) return index;
        var folded = FindFolded(id);
        return folded >= 0 ? ~folded : Unknown;
    }

    private static bool IsFolded(int place) => place is < 0 and not Unknown;

    private static ulong KeyOf(Utf8Id id) => MessageKey.From(id.Span).Value;
}
