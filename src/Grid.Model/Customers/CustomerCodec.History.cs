using Grid.Model.Bytes;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// The section of the order history: refunds and cancellations of folded orders with their instants. The base holds only their keys and sums, which
/// is all that earlier builds read and write.
/// </summary>
public static partial class CustomerCodec
{
    private static void WriteHistory(ByteWriter writer, Customer customer)
    {
        var book = customer.Orders;
        var (refunds, cancellations) = FoldedOf(book);
        if (refunds + cancellations == 0) return;
        writer.Count(refunds);
        foreach (ref readonly var refund in book.Refunds)
            if (refund.IsFolded)
                WriteRefund(writer, refund);
        writer.Count(cancellations);
        foreach (ref readonly var cancellation in book.Cancellations)
            if (cancellation.IsFolded)
                WriteCancellation(writer, cancellation);

        var undated = 0;
        foreach (ref readonly var order in book.Folded) undated += IsMixed(order) ? 1 : 0;
        writer.Count(undated);
        foreach (ref readonly var order in book.Folded)
        {
            if (!IsMixed(order)) continue;
            writer.Fixed64(order.Id.Value);
            writer.Signed(order.Undated);
        }
    }

    private static void ReadHistory(ByteReader reader, Customer customer)
    {
        var book = customer.Orders;
        for (var left = reader.Count(); left > 0; left--)
        {
            var at = new Instant(reader.Signed());
            var key = new MessageKey(reader.Fixed64());
            var order = OwnId(ref reader);
            var amount = reader.Signed();
            book.Date(new Refund { At = at, Key = key, OrderId = order, Amount = amount < 0 ? null : amount });
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var at = new Instant(reader.Signed());
            book.Date(new Cancellation(at, new MessageKey(reader.Fixed64()), OwnId(ref reader)));
        }

        var undated = new Dictionary<ulong, long>();
        for (var left = reader.Count(); left > 0; left--) undated[reader.Fixed64()] = reader.Signed();
        book.Reconcile(undated);
    }

    /// <summary>Whether it has both undated refunds and dated ones, so that the sum of the base does not say which are which.</summary>
    private static bool IsMixed(in FoldedOrder order) => order is { Undated: > 0, HasDatedRefund: true };

    private static Utf8Id OwnId(ref ByteReader reader)
    {
        var bytes = reader.Bytes().ToArray();
        return new Utf8Id(bytes, 0, bytes.Length);
    }
}
