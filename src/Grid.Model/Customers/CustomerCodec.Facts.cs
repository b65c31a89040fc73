using Grid.Model.Bytes;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

public static partial class CustomerCodec
{
    private static void WriteOrders(ByteWriter writer, OrderBook book)
    {
        long before = 0;
        writer.Count(book.Orders.Length);
        foreach (ref readonly var order in book.Orders)
        {
            writer.Signed(order.At.Milliseconds - before);
            before = order.At.Milliseconds;
            writer.Fixed64(order.Key.Value);
            writer.Bytes(order.Id.Span);
            writer.Signed(order.Amount);
            writer.Name(order.Category);
            writer.Name(order.Channel);
            writer.Signed(order.Quantity);
        }

        var folded = FoldedOf(book);
        writer.Count(book.Refunds.Length - folded.Refunds);
        foreach (ref readonly var refund in book.Refunds)
        {
            if (refund.IsFolded) continue;
            WriteRefund(writer, refund);
        }

        writer.Count(book.Cancellations.Length - folded.Cancellations);
        foreach (ref readonly var cancellation in book.Cancellations)
        {
            if (cancellation.IsFolded) continue;
            WriteCancellation(writer, cancellation);
        }

        writer.Count(book.Folded.Length);
        foreach (ref readonly var order in book.Folded)
        {
            writer.Fixed64(order.Id.Value);
            writer.Signed(order.At.Milliseconds);
            writer.Signed(order.Amount);
            writer.Signed(order.Refunded);
            writer.Byte(order.CancelledAt.IsNever ? (byte)0 : (byte)1);
        }

        WriteFoldedRefunds(writer, book, folded.Refunds);
    }

    private static void WriteRefund(ByteWriter writer, in Refund refund)
    {
        writer.Signed(refund.At.Milliseconds);
        writer.Fixed64(refund.Key.Value);
        writer.Bytes(refund.OrderId.Span);
        writer.Signed(refund.Amount ?? -1);
    }

    private static void WriteCancellation(ByteWriter writer, in Cancellation cancellation)
    {
        writer.Signed(cancellation.At.Milliseconds);
        writer.Fixed64(cancellation.Key.Value);
        writer.Bytes(cancellation.OrderId.Span);
    }

    /// <summary>The keys of all refunds of folded orders, ordered.</summary>
    private static void WriteFoldedRefunds(ByteWriter writer, OrderBook book, int dated)
    {
        writer.Count(book.UndatedRefunds.Length + dated);
        if (dated == 0)
        {
            foreach (var key in book.UndatedRefunds) writer.Fixed64(key.Value);
            return;
        }

        var keys = new List<ulong>(book.UndatedRefunds.Length + dated);
        foreach (var key in book.UndatedRefunds) keys.Add(key.Value);
        foreach (ref readonly var refund in book.Refunds)
            if (refund.IsFolded)
                keys.Add(refund.Key.Value);
        keys.Sort();
        foreach (var key in keys) writer.Fixed64(key);
    }

    private static (int Refunds, int Cancellations) FoldedOf(OrderBook book)
    {
        if (book.Folded.IsEmpty) return (0, 0);
        var (refunds, cancellations) = (0, 0);
        foreach (ref readonly var refund in book.Refunds) refunds += refund.IsFolded ? 1 : 0;
        foreach (ref readonly var cancellation in book.Cancellations) cancellations += cancellation.IsFolded ? 1 : 0;
        return (refunds, cancellations);
    }

    private static void ReadOrders(ref ByteReader reader, byte[] state, OrderBook book)
    {
        long at = 0;
        for (var left = reader.Count(); left > 0; left--)
        {
            at += reader.Signed();
            book.Restore(new Order
            {
                At = new Instant(at),
                Key = new MessageKey(reader.Fixed64()),
                Id = Id(ref reader, state),
                Amount = reader.Signed(),
                Category = reader.Name(),
                Channel = reader.Name(),
                Quantity = (int)reader.Signed(),
            });
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var refundedAt = new Instant(reader.Signed());
            var key = new MessageKey(reader.Fixed64());
            var id = Id(ref reader, state);
            var amount = reader.Signed();
            book.Restore(new Refund { At = refundedAt, Key = key, OrderId = id, Amount = amount < 0 ? null : amount });
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var cancelledAt = new Instant(reader.Signed());
            book.Restore(new Cancellation(cancelledAt, new MessageKey(reader.Fixed64()), Id(ref reader, state)));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            book.Restore(new FoldedOrder
            {
                Id = new MessageKey(reader.Fixed64()),
                At = new Instant(reader.Signed()),
                Amount = reader.Signed(),
                Undated = reader.Signed(),
                WasCancelled = reader.Byte() == 1,
            });
        }

        for (var left = reader.Count(); left > 0; left--) book.Restore(new MessageKey(reader.Fixed64()));
        book.Settle();
    }

    private static Utf8Id Id(ref ByteReader reader, byte[] state)
    {
        var length = reader.Bytes().Length;
        return new Utf8Id(state, reader.Position - length, length);
    }

    private static void WriteBuckets(ByteWriter writer, HourBuckets hours)
    {
        var before = 0;
        writer.Count(hours.Buckets.Length);
        foreach (ref readonly var bucket in hours.Buckets)
        {
            writer.Signed(bucket.Hour - before);
            before = bucket.Hour;
            writer.Name(bucket.Name);
            writer.Count(bucket.Count);
            writer.Count(bucket.DwellSeconds);
        }

        writer.Count(hours.Totals.Length);
        foreach (ref readonly var total in hours.Totals)
        {
            writer.Name(total.Name);
            writer.Signed(total.LastHour);
            writer.Signed(total.Count);
            writer.Signed(total.DwellSeconds);
        }
    }

    private static void ReadBuckets(ref ByteReader reader, HourBuckets hours)
    {
        var hour = 0;
        for (var left = reader.Count(); left > 0; left--)
        {
            hour += (int)reader.Signed();
            hours.Restore(new HourBucket(hour, reader.Name()!, reader.Count(), reader.Count()));
        }

        for (var left = reader.Count(); left > 0; left--)
            hours.Restore(new LifetimeTotal(reader.Name()!, (int)reader.Signed(), reader.Signed(), reader.Signed()));
    }

    private static void WriteAttributes(ByteWriter writer, Attributes attributes)
    {
        writer.Count(attributes.Traits.Length);
        foreach (ref readonly var trait in attributes.Traits)
        {
            Named(writer, trait.Name, trait.At, trait.Key);
            FactCodec.WriteValue(writer, trait.Value);
        }

        writer.Count(attributes.Tags.Length);
        foreach (ref readonly var tag in attributes.Tags)
        {
            Named(writer, tag.Name, tag.At, tag.Key);
            writer.Byte(tag.Present ? (byte)1 : (byte)0);
            writer.Signed(tag.ExpiresAt.Milliseconds);
        }

        writer.Count(attributes.Consents.Length);
        foreach (ref readonly var consent in attributes.Consents)
        {
            Named(writer, consent.Purpose, consent.At, consent.Key);
            writer.Byte(consent.Granted ? (byte)1 : (byte)0);
        }

        writer.Count(attributes.Plans.Length);
        foreach (ref readonly var plan in attributes.Plans)
        {
            Named(writer, plan.Plan, plan.At, plan.Key);
            writer.Signed(plan.Until.Milliseconds);
        }

        writer.Count(attributes.Communities.Length);
        foreach (ref readonly var community in attributes.Communities)
        {
            Named(writer, community.Community, community.At, community.Key);
            writer.Name(community.Source);
        }
    }

    private static void ReadAttributes(ref ByteReader reader, Attributes attributes)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var (name, at, key) = Named(ref reader);
            attributes.Restore(new TraitEntry(name, FactCodec.ReadValue(ref reader), at, key));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (name, at, key) = Named(ref reader);
            attributes.Restore(new TagEntry(name, reader.Byte() == 1, at, key, new Instant(reader.Signed())));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (name, at, key) = Named(ref reader);
            attributes.Restore(new ConsentEntry(name, reader.Byte() == 1, at, key));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (name, at, key) = Named(ref reader);
            attributes.Restore(new PlanEntry(name, at, key, new Instant(reader.Signed())));
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var (name, at, key) = Named(ref reader);
            attributes.Restore(new CommunityEntry(name, reader.Name(), at, key));
        }
    }

    private static void Named(ByteWriter writer, string name, Instant at, MessageKey key)
    {
        writer.Name(name);
        writer.Signed(at.Milliseconds);
        writer.Fixed64(key.Value);
    }

    private static (string Name, Instant At, MessageKey Key) Named(ref ByteReader reader) =>
        (reader.Name()!, new Instant(reader.Signed()), new MessageKey(reader.Fixed64()));
}
