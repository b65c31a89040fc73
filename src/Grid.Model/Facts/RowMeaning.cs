using System.Buffers.Binary;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Model.Facts;

/// <summary>
/// The key of an imported row: its meaning (kind, order, instant, amount), so that other columns, their order and the way a number is written do not
/// matter. It is part of the stored format.
/// </summary>
public static class RowMeaning
{
    private const byte Sale = (byte)'s';
    private const byte Refund = (byte)'r';
    private const byte Cancellation = (byte)'c';

    public static MessageKey OfSale(Instant at, string order, long amount) => Key(Sale, at, amount, Utf8Id.From(order).Span);

    /// <param name="amount">Null for a refund of the rest of the order.</param>
    public static MessageKey OfRefund(Instant at, string order, long? amount) => Key(Refund, at, amount ?? -1, Utf8Id.From(order).Span);

    public static MessageKey OfCancellation(Instant at, string order) => Key(Cancellation, at, -1, Utf8Id.From(order).Span);

    /// <summary>Whether a fact came from a row.</summary>
    internal static bool IsOf(OrderPaid paid) => paid.Key == OfSale(paid.At, paid.OrderId, paid.Amount);

    internal static bool IsOf(in Order order) => order.Key == Key(Sale, order.At, order.Amount, order.Id.Span);

    internal static bool IsOf(OrderRefunded refunded) => refunded.Key == OfRefund(refunded.At, refunded.OrderId, refunded.Amount);

    internal static bool IsOf(in Refund refund) => refund.Key == Key(Refund, refund.At, refund.Amount ?? -1, refund.OrderId.Span);

    private static MessageKey Key(byte kind, Instant at, long amount, ReadOnlySpan<byte> order)
    {
        Span<byte> meaning = stackalloc byte[20 + Limits.OrderIdBytesMax];
        "row"u8.CopyTo(meaning);
        meaning[3] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(meaning[4..], at.Milliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(meaning[12..], amount);
        order = order[..Math.Min(order.Length, Limits.OrderIdBytesMax)];
        order.CopyTo(meaning[20..]);
        return MessageKey.From(meaning[..(20 + order.Length)]);
    }
}
