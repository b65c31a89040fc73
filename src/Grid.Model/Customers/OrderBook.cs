using System.Runtime.InteropServices;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// A customer's orders, refunds and cancellations, and how they settle each other. The content depends only on the set of facts, not on their order
/// of arrival. Beyond <see cref="Limits.OrdersDetailedMax"/> the oldest orders keep only what sums need; refunds and cancellations keep everything.
/// </summary>
public sealed partial class OrderBook
{
    private readonly List<Order> _orders = [];
    private readonly List<Refund> _refunds = [];
    private readonly List<Cancellation> _cancellations = [];
    private readonly List<FoldedOrder> _folded = [];
    private readonly List<MessageKey> _undatedRefunds = [];

    /// <summary>In detail, ordered by (At, Key).</summary>
    public ReadOnlySpan<Order> Orders => CollectionsMarshal.AsSpan(_orders);

    /// <summary>Ordered by (At, Key); those of folded orders included.</summary>
    public ReadOnlySpan<Refund> Refunds => CollectionsMarshal.AsSpan(_refunds);

    /// <summary>Ordered by (At, Key), one per order; those of folded orders included.</summary>
    public ReadOnlySpan<Cancellation> Cancellations => CollectionsMarshal.AsSpan(_cancellations);

    /// <summary>Orders older than the detail, ordered by (At, Id).</summary>
    public ReadOnlySpan<FoldedOrder> Folded => CollectionsMarshal.AsSpan(_folded);

    /// <summary>
    /// Keys of the refunds that an earlier build folded with their orders and whose instants are lost, ordered, so that a re-delivery is still
    /// recognised.
    /// </summary>
    public ReadOnlySpan<MessageKey> UndatedRefunds => CollectionsMarshal.AsSpan(_undatedRefunds);

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
        _undatedRefunds.Clear();
    }

    /// <summary>
    /// An order counts once. Of two contents for one id the earlier counts, in whichever order they arrive: the later one is rejected, or replaced with
    /// a reason that names what it was. Of two contents of one instant the later received stands.
    /// </summary>
    public FactOutcome Apply(OrderPaid paid)
    {
        var id = Utf8Id.From(paid.OrderId);
        var folded = FindFolded(id);
        if (folded >= 0) return ApplyToFolded(paid, folded);

        var outcome = FactOutcome.Accepted;
        MessageKey[]? replaced = null;
        var known = Find(id);
        if (known >= 0)
        {
            var other = Orders[known];
            if (paid.At > other.At) return IsEqual(paid, other) ? FactOutcome.Duplicate : Conflict(paid, other.At, other.Amount);
            if (paid.At == other.At && Repeats(paid, other)) return FactOutcome.Duplicate;
            if (paid.At == other.At) replaced = IsOfRow(other, paid) ? other.Replaced : Ties.Add(other.Replaced, other.Key);
            outcome = IsEqual(paid, other) ? FactOutcome.Restated : Replaced(paid, other.At, other.Amount);
            _orders.RemoveAt(known);
        }
        else if (_orders.Count >= Limits.OrdersDetailedMax && _folded.Count >= Limits.OrdersFoldedMax)
        {
            return FactOutcome.Rejected(Reasons.OrdersFull);
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

        // Every folded order is older than those in detail, also when the detail has room because an earlier content replaced one of its orders.
        if (_orders.Count > Limits.OrdersDetailedMax || (_folded.Count > 0 && _orders[0].At < _folded[^1].At)) FoldOldest();
        Settle();
        return outcome;
    }

    public FactOutcome Apply(OrderRefunded refunded)
    {
        if (UndatedRefunds.BinarySearch(refunded.Key, KeyOrder) >= 0) return FactOutcome.Duplicate;
        var id = Utf8Id.From(refunded.OrderId);
        var replaced = -1;
        for (var index = 0; index < _refunds.Count; index++)
        {
            var other = Refunds[index];
            if (other.Key == refunded.Key) return other.IsAmountUnknown ? FactOutcome.Rejected(Reasons.RefundAmountUnknown) : FactOutcome.Duplicate;
            if (other.At != refunded.At || other.Amount != refunded.Amount || !other.OrderId.Equals(id)) continue;

            // An imported row is known by its meaning: it counts only when no call says the same.
            if (RowMeaning.IsOf(refunded)) return FactOutcome.Duplicate;
            if (RowMeaning.IsOf(other)) replaced = index;
        }

        // The pieces of a folded order are forgotten.
        if (refunded is { Pieces: > 0, Amount: null } && FindFolded(id) >= 0) return FactOutcome.Rejected(Reasons.RefundAmountUnknown);
        if (replaced >= 0) _refunds.RemoveAt(replaced);
        else if (_refunds.Count + _undatedRefunds.Count >= Limits.RefundsMax) return FactOutcome.Rejected(Reasons.RefundsFull);
        Insert(new Refund { At = refunded.At, Key = refunded.Key, OrderId = id, Amount = refunded.Amount, Pieces = refunded.Pieces });
        Settle();
        if (IsAmountUnknown(refunded, id)) return FactOutcome.RejectedAndKept(Reasons.RefundAmountUnknown);
        return replaced >= 0 ? FactOutcome.Restated : FactOutcome.Accepted;
    }

    public FactOutcome Apply(OrderCancelled cancelled)
    {
        var id = Utf8Id.From(cancelled.OrderId);
        var replaced = -1;
        var ofOrdersInDetail = 0;
        for (var index = 0; index < _cancellations.Count; index++)
        {
            var other = _cancellations[index];
            if (!other.IsFolded) ofOrdersInDetail++;
            if (!other.OrderId.Equals(id)) continue;
            if (Compare(other.At, other.Key, cancelled.At, cancelled.Key) <= 0) return FactOutcome.Duplicate;
            replaced = index;
        }

        var folded = FindFolded(id);
        if (replaced >= 0) _cancellations.RemoveAt(replaced);
        else if (folded >= 0 && _folded[folded].WasCancelled) return FactOutcome.Duplicate;
        else if (folded < 0 && ofOrdersInDetail >= Limits.RefundsMax) return FactOutcome.Rejected(Reasons.CancellationsFull);
        Insert(new Cancellation(cancelled.At, cancelled.Key, id));
        Settle();
        return FactOutcome.Accepted;
    }

    private static FactOutcome Conflict(OrderPaid paid, Instant at, long amount) => FactOutcome.Rejected(
        Reasons.OrderConflict.With(paid.OrderId, amount, at, paid.Amount, paid.At));

    private static FactOutcome Replaced(OrderPaid paid, Instant at, long amount) => FactOutcome.Accepted with
    {
        Reason = (paid.At < at ? Reasons.OrderReplacedByEarlier : Reasons.OrderReplacedByLater).With(paid.OrderId, amount, at),
    };

    /// <summary>An order that is sent again, with the same message or the same amount, is the same order: of two instants the earlier counts.</summary>
    private static bool IsEqual(OrderPaid paid, in Order other) =>
        paid.Key == other.Key || paid.Amount == other.Amount || Ties.Holds(other.Replaced, paid.Key);

    /// <summary>
    /// Whether an order of the same instant says nothing new. A row beside a call that says the same does not, and of two rows of one meaning the one
    /// with more in its other columns is kept, so that their order does not matter.
    /// </summary>
    private static bool Repeats(OrderPaid paid, in Order other)
    {
        if (Ties.Holds(other.Replaced, paid.Key)) return true;
        if (paid.Key == other.Key) return !SaysMore(paid, other);
        if (paid.Amount != other.Amount) return false;
        return RowMeaning.IsOf(paid) || (paid.Category, paid.Channel, paid.Quantity) == (other.Category, other.Channel, other.Quantity);
    }

    /// <summary>A row of the same meaning is recognised by that, whichever came first.</summary>
    private static bool IsOfRow(in Order other, OrderPaid paid) => RowMeaning.IsOf(other) && paid.Amount == other.Amount;

    private static bool SaysMore(OrderPaid paid, in Order other)
    {
        if (!RowMeaning.IsOf(paid)) return false;
        var order = string.CompareOrdinal(paid.Category, other.Category);
        if (order == 0) order = string.CompareOrdinal(paid.Channel, other.Channel);
        return order != 0 ? order > 0 : paid.Quantity > other.Quantity;
    }

    private bool IsAmountUnknown(OrderRefunded refunded, Utf8Id id)
    {
        if (refunded.Amount is not null || refunded.Pieces == 0) return false;
        var index = Find(id);
        return index >= 0 && refunded.Pieces < Orders[index].Quantity;
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
