using System.Runtime.InteropServices;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// A customer's orders, refunds and cancellations, and how they settle each other. The content depends only on the set of facts, not on their order
/// of arrival.
/// </summary>
public sealed partial class OrderBook
{
    private const string AmountUnknown =
        "products: some pieces of the order are returned and a price is missing, so the amount is unknown; send total, or the price of each product";

    private readonly List<Order> _orders = [];
    private readonly List<Refund> _refunds = [];
    private readonly List<Cancellation> _cancellations = [];
    private readonly List<FoldedOrder> _folded = [];
    private readonly List<MessageKey> _foldedRefunds = [];

    /// <summary>In detail, ordered by (At, Key).</summary>
    public ReadOnlySpan<Order> Orders => CollectionsMarshal.AsSpan(_orders);

    /// <summary>Ordered by (At, Key).</summary>
    public ReadOnlySpan<Refund> Refunds => CollectionsMarshal.AsSpan(_refunds);

    public ReadOnlySpan<Cancellation> Cancellations => CollectionsMarshal.AsSpan(_cancellations);

    /// <summary>Orders older than the detail, ordered by (At, Id).</summary>
    public ReadOnlySpan<FoldedOrder> Folded => CollectionsMarshal.AsSpan(_folded);

    /// <summary>Keys of the refunds that were folded with their orders, ordered, so that a re-delivery is still recognised.</summary>
    public ReadOnlySpan<MessageKey> FoldedRefunds => CollectionsMarshal.AsSpan(_foldedRefunds);

    /// <summary>The instant from which orders are kept in detail; null while all are.</summary>
    public Instant? DetailSince => _folded.Count == 0 ? null : _orders[0].At;

    /// <summary>The instant of the last known fact. After it, time alone only takes orders and refunds out of windows.</summary>
    internal Instant QuietFrom { get; private set; } = Instant.Beginning;

    public void Clear()
    {
        QuietFrom = Instant.Beginning;
        _orders.Clear();
        _refunds.Clear();
        _cancellations.Clear();
        _folded.Clear();
        _foldedRefunds.Clear();
    }

    public FactOutcome Apply(OrderPaid paid)
    {
        var id = Utf8Id.From(paid.OrderId);
        var folded = FindFolded(id);
        if (folded >= 0) return FactOutcome.Duplicate;

        MessageKey[]? replaced = null;
        var known = Find(id);
        if (known >= 0)
        {
            ref readonly var other = ref Orders[known];
            if (!Replaces(paid, other)) return FactOutcome.Duplicate;
            if (paid.At == other.At) replaced = Ties.Add(other.Replaced, other.Key);
            _orders.RemoveAt(known);
        }
        else if (_orders.Count >= Limits.OrdersDetailedMax && _folded.Count >= Limits.OrdersFoldedMax)
        {
            return FactOutcome.Rejected("the customer's order history is full");
        }

        Insert(new Order
        {
            At = paid.At,
            Key = paid.Key,
            Id = id,
            Amount = paid.Amount,
            Category = paid.Category,
            Channel = paid.Channel,
            Quantity = paid.Quantity,
            Replaced = replaced,
        });
        Settle();
        if (_orders.Count > Limits.OrdersDetailedMax) FoldOldest();
        return FactOutcome.Accepted;
    }

    /// <summary>Of two contents for one id the earlier one counts, of two at one instant the later received.</summary>
    private static bool Replaces(OrderPaid paid, in Order other)
    {
        if (paid.At != other.At) return paid.At < other.At;
        if (paid.Key == other.Key || Ties.Holds(other.Replaced, paid.Key)) return false;
        return (paid.Amount, paid.Category, paid.Channel, paid.Quantity) != (other.Amount, other.Category, other.Channel, other.Quantity);
    }

    public FactOutcome Apply(OrderRefunded refunded)
    {
        foreach (ref readonly var other in Refunds)
            if (other.Key == refunded.Key)
                return other.IsAmountUnknown ? FactOutcome.Rejected(AmountUnknown) : FactOutcome.Duplicate;
        if (FoldedRefunds.BinarySearch(refunded.Key, KeyOrder) >= 0) return FactOutcome.Duplicate;
        if (_refunds.Count + _foldedRefunds.Count >= Limits.RefundsMax) return FactOutcome.Rejected("the customer's refund history is full");

        var id = Utf8Id.From(refunded.OrderId);
        var folded = FindFolded(id);
        if (folded >= 0)
        {
            // The pieces of a folded order are forgotten.
            if (refunded is { Pieces: > 0, Amount: null }) return FactOutcome.Rejected(AmountUnknown);
            RefundFolded(ref CollectionsMarshal.AsSpan(_folded)[folded], refunded.Amount);
            Remember(refunded.Key);
            return FactOutcome.Accepted;
        }

        Insert(new Refund { At = refunded.At, Key = refunded.Key, OrderId = id, Amount = refunded.Amount, Pieces = refunded.Pieces });
        Settle();
        return IsAmountUnknown(refunded, id) ? FactOutcome.RejectedAndKept(AmountUnknown) : FactOutcome.Accepted;
    }

    public FactOutcome Apply(OrderCancelled cancelled)
    {
        var id = Utf8Id.From(cancelled.OrderId);
        var folded = FindFolded(id);
        if (folded >= 0)
        {
            ref var order = ref CollectionsMarshal.AsSpan(_folded)[folded];
            if (order.Cancelled) return FactOutcome.Duplicate;
            order.Cancelled = true;
            return FactOutcome.Accepted;
        }

        for (var index = 0; index < _cancellations.Count; index++)
        {
            var other = _cancellations[index];
            if (!other.OrderId.Equals(id)) continue;
            if (Compare(other.At, other.Key, cancelled.At, cancelled.Key) <= 0) return FactOutcome.Duplicate;
            _cancellations.RemoveAt(index);
            break;
        }

        if (_cancellations.Count >= Limits.RefundsMax) return FactOutcome.Rejected("the customer's cancellation history is full");
        Insert(new Cancellation(cancelled.At, cancelled.Key, id));
        Settle();
        return FactOutcome.Accepted;
    }

    /// <summary>Computes which part of each refund counts and from when each order no longer does.</summary>
    internal void Settle()
    {
        var orders = CollectionsMarshal.AsSpan(_orders);
        foreach (ref var order in orders)
        {
            order.CancelledAt = Instant.Never;
            order.RefundedAt = Instant.Never;
            order.Refunded = 0;
        }

        foreach (var cancellation in _cancellations)
        {
            var index = Find(cancellation.OrderId);
            if (index >= 0) orders[index].CancelledAt = cancellation.At;
        }

        foreach (ref var refund in CollectionsMarshal.AsSpan(_refunds))
        {
            var index = Find(refund.OrderId);
            refund.CancelledAt = index >= 0 ? orders[index].CancelledAt : Instant.Never;
            refund.HasOrder = index >= 0;
            refund.IsAmountUnknown = index >= 0 && refund.Amount is null && refund.Pieces > 0 && refund.Pieces < orders[index].Quantity;
            refund.Counted = index >= 0 ? CountAgainst(ref orders[index], refund) : refund.Amount ?? 0;
        }

        // An order changes only at one of these instants: a refund uses it up at the later of both, a cancellation cancels it at its own.
        var quiet = orders.IsEmpty ? Instant.Beginning : orders[^1].At;
        foreach (ref readonly var refund in Refunds) quiet = Instant.Max(quiet, refund.At);
        foreach (ref readonly var cancellation in Cancellations) quiet = Instant.Max(quiet, cancellation.At);
        QuietFrom = quiet;
    }

    private static long CountAgainst(ref Order order, in Refund refund)
    {
        if (refund.IsAmountUnknown) return 0;
        var left = order.Amount - order.Refunded;

        // Returned pieces are all of the order, or some of them at their price.
        var isOfRest = refund.Amount is null || (refund.Pieces > 0 && refund.Pieces >= order.Quantity);
        var counted = isOfRest ? left : Math.Min(refund.Amount!.Value, left);
        order.Refunded += counted;
        if (order.Refunded == order.Amount && order.RefundedAt.IsNever) order.RefundedAt = Instant.Max(refund.At, order.At);
        return counted;
    }

    private static void RefundFolded(ref FoldedOrder order, long? amount)
    {
        var left = order.Amount - order.Refunded;
        order.Refunded += Math.Min(amount ?? left, left);
    }

    private void FoldOldest()
    {
        var order = _orders[0];
        _orders.RemoveAt(0);
        var folded = new FoldedOrder
        {
            Id = MessageKey.From(order.Id.Span),
            At = order.At,
            Amount = order.Amount,
            Refunded = order.Refunded,
            Cancelled = !order.CancelledAt.IsNever,
        };
        var index = _folded.Count;
        while (index > 0 && Compare(_folded[index - 1].At, _folded[index - 1].Id, folded.At, folded.Id) > 0) index--;
        _folded.Insert(index, folded);
        foreach (var refund in _refunds)
            if (refund.OrderId.Equals(order.Id))
                Remember(refund.Key);
        _refunds.RemoveAll(refund => refund.OrderId.Equals(order.Id));
        _cancellations.RemoveAll(cancellation => cancellation.OrderId.Equals(order.Id));
    }

    private void Remember(MessageKey refund)
    {
        var index = FoldedRefunds.BinarySearch(refund, KeyOrder);
        if (index < 0) _foldedRefunds.Insert(~index, refund);
    }

    private int Find(Utf8Id id)
    {
        var orders = Orders;
        for (var index = orders.Length - 1; index >= 0; index--)
            if (orders[index].Id.Equals(id))
                return index;
        return -1;
    }

    private int FindFolded(Utf8Id id)
    {
        if (_folded.Count == 0) return -1;
        var key = MessageKey.From(id.Span);
        return _folded.FindIndex(order => order.Id == key);
    }

    private bool IsAmountUnknown(OrderRefunded refunded, Utf8Id id)
    {
        if (refunded.Amount is not null || refunded.Pieces == 0) return false;
        var index = Find(id);
        return index >= 0 && refunded.Pieces < Orders[index].Quantity;
    }

    private void Insert(in Order order)
    {
        var index = _orders.Count;
        while (index > 0 && Compare(_orders[index - 1].At, _orders[index - 1].Key, order.At, order.Key) > 0) index--;
        _orders.Insert(index, order);
    }

    private void Insert(in Refund refund)
    {
        var index = _refunds.Count;
        while (index > 0 && Compare(_refunds[index - 1].At, _refunds[index - 1].Key, refund.At, refund.Key) > 0) index--;
        _refunds.Insert(index, refund);
    }

    private void Insert(in Cancellation cancellation)
    {
        var index = _cancellations.Count;
        while (index > 0 && Compare(_cancellations[index - 1].At, _cancellations[index - 1].Key, cancellation.At, cancellation.Key) > 0) index--;
        _cancellations.Insert(index, cancellation);
    }

    private static readonly Comparer<MessageKey> KeyOrder = Comparer<MessageKey>.Create((left, right) => left.CompareTo(right));

    private static int Compare(Instant at, MessageKey key, Instant otherAt, MessageKey otherKey)
    {
        var order = at.CompareTo(otherAt);
        return order != 0 ? order : key.CompareTo(otherKey);
    }
}
