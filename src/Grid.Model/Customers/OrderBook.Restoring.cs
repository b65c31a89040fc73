using System.Runtime.InteropServices;
using Grid.Model.Facts;

namespace Grid.Model.Customers;

public sealed partial class OrderBook
{
    /// <summary>For the codec: adds stored orders, already in order. The codec calls <see cref="Settle"/> when all are added.</summary>
    internal void Restore(in Order order) => _orders.Add(order);

    internal void Restore(in Refund refund) => _refunds.Add(refund);

    /// <summary>For the codec: adds to a restored order the keys that it has replaced. An earlier build may have put another in its place.</summary>
    internal void RestoreReplaced(MessageKey order, MessageKey[] replaced)
    {
        foreach (ref var candidate in CollectionsMarshal.AsSpan(_orders))
            if (candidate.Key == order)
                candidate.Replaced = replaced;
    }

    /// <summary>For the codec: adds the pieces of a restored refund. An earlier build may have folded the refund.</summary>
    internal void RestorePieces(MessageKey refund, int pieces)
    {
        foreach (ref var candidate in CollectionsMarshal.AsSpan(_refunds))
            if (candidate.Key == refund)
                candidate = candidate with { Pieces = pieces };
    }

    internal void Restore(in Cancellation cancellation) => _cancellations.Add(cancellation);

    internal void Restore(in FoldedOrder folded) => _folded.Add(folded);

    internal void Restore(MessageKey undatedRefund) => _undatedRefunds.Add(undatedRefund);
}
