using System.Runtime.InteropServices;
using Grid.Model.Facts;

namespace Grid.Model.Customers;

public sealed partial class OrderBook
{
    /// <summary>
    /// An order whose id is folded. Its key is no longer kept: of two contents at one instant the folded one counts.
    /// </summary>
    private FactOutcome ApplyToFolded(OrderPaid paid, int index)
    {
        var known = _folded[index];
        var isEqual = paid.Amount == known.Amount;
        if (paid.At >= known.At) return isEqual ? FactOutcome.Duplicate : Conflict(paid, known.At, known.Amount);
        _folded.RemoveAt(index);
        Fold(new FoldedOrder
        {
            Id = known.Id,
            At = paid.At,
            Amount = paid.Amount,
            Undated = Math.Min(known.Undated, paid.Amount),
            WasCancelled = known.WasCancelled,
        });
        Settle();
        return isEqual ? FactOutcome.Restated : Replaced(paid, known.At, known.Amount);
    }

    private void FoldOldest()
    {
        var order = _orders[0];
        _orders.RemoveAt(0);
        Fold(new FoldedOrder { Id = MessageKey.From(order.Id.Span), At = order.At, Amount = order.Amount });

        // A folded order does not keep its pieces, so refunds that name pieces are settled now.
        foreach (ref var refund in CollectionsMarshal.AsSpan(_refunds))
            if (refund.Pieces > 0 && refund.OrderId.Equals(order.Id))
                refund = refund with { Pieces = 0, Amount = IsUnknown(refund, order) ? 0 : IsOfRest(refund, order) ? null : refund.Amount };
    }

    private void Fold(in FoldedOrder folded)
    {
        var index = _folded.Count;
        while (index > 0 && Compare(_folded[index - 1].At, _folded[index - 1].Id, folded.At, folded.Id) > 0) index--;
        _folded.Insert(index, folded);
    }

    /// <summary>For the codec: a dated refund of a folded order, whose key the base of the state holds as undated.</summary>
    /// <returns>False when the base does not know the refund.</returns>
    internal bool Date(in Refund refund)
    {
        var index = UndatedRefunds.BinarySearch(refund.Key, KeyOrder);
        if (index < 0) return false;
        _undatedRefunds.RemoveAt(index);
        Insert(refund);
        return true;
    }

    /// <summary>For the codec: a dated cancellation of an order that the base of the state says is cancelled.</summary>
    internal void Date(in Cancellation cancellation)
    {
        if (Find(cancellation.OrderId) < 0) Insert(cancellation);
    }

    /// <summary>
    /// For the codec: shares what the base says was refunded of each folded order between the dated refunds and the rest. The base may have more than
    /// the dated ones explain: an earlier build has taken refunds since, without their instants.
    /// </summary>
    /// <param name="undated">By the key of an order's id, the minor units that were undated when the section was written.</param>
    internal void Reconcile(IReadOnlyDictionary<ulong, long> undated)
    {
        var folded = CollectionsMarshal.AsSpan(_folded);
        var refunded = new long[folded.Length];
        for (var index = 0; index < folded.Length; index++)
        {
            refunded[index] = folded[index].Undated;
            folded[index].Undated = Math.Min(refunded[index], undated.GetValueOrDefault(folded[index].Id.Value));
        }

        Settle();
        var hasMore = false;
        for (var index = 0; index < folded.Length; index++)
        {
            if (refunded[index] <= folded[index].Refunded) continue;
            folded[index].Undated += refunded[index] - folded[index].Refunded;
            hasMore = true;
        }

        if (hasMore) Settle();
    }
}
