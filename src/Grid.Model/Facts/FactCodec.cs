using Grid.Model.Bytes;
using Grid.Model.Time;

namespace Grid.Model.Facts;

/// <summary>Facts in the stored format of deltas. The numbers of the kinds never change; a new field gets a new number.</summary>
public static class FactCodec
{
    private const long Rest = -1;

    public static void Write(ByteWriter writer, Fact fact)
    {
        switch (fact)
        {
            case OrderPaid paid:
                Head(writer, 1, fact);
                writer.Text(paid.OrderId);
                writer.Signed(paid.Amount);
                writer.Name(paid.Category);
                writer.Name(paid.Channel);
                writer.Signed(paid.Quantity);
                break;
            case OrderRefunded refunded:
                Head(writer, 2, fact);
                writer.Text(refunded.OrderId);
                writer.Signed(RefundNumber(refunded));
                break;
            case OrderCancelled cancelled:
                Head(writer, 3, fact);
                writer.Text(cancelled.OrderId);
                break;
            case Interacted interacted:
                Head(writer, 4, fact);
                writer.Name(interacted.InteractionKind);
                break;
            case Browsed browsed:
                Head(writer, 5, fact);
                writer.Name(browsed.Category);
                writer.Signed(browsed.DwellSeconds);
                break;
            default:
                WriteAttribute(writer, fact);
                break;
        }
    }

    public static Fact Read(ref ByteReader reader)
    {
        var kind = reader.Byte();
        var at = new Instant(reader.Signed());
        var key = new MessageKey(reader.Fixed64());
        switch (kind)
        {
            case 1:
                return new OrderPaid(at, key, reader.Text(), reader.Signed(), reader.Name(), reader.Name(), (int)reader.Signed());
            case 2:
                return Refund(at, key, reader.Text(), reader.Signed());
            case 3: return new OrderCancelled(at, key, reader.Text());
            case 4: return new Interacted(at, key, reader.Name()!);
            case 5: return new Browsed(at, key, reader.Name(), (int)reader.Signed());
            case 6:
                var traits = new Trait[reader.Count()];
                for (var index = 0; index < traits.Length; index++) traits[index] = new Trait(reader.Name()!, ReadValue(ref reader));
                return new TraitsSet(at, key, traits);
            case 7: return new TagChanged(at, key, reader.Name()!, reader.Byte() == 1, new Instant(reader.Signed()));
            case 8: return new CommunityJoined(at, key, reader.Name()!, reader.Name());
            case 9: return new PlanPurchased(at, key, reader.Name()!, new Instant(reader.Signed()));
            case 10: return new PointsChanged(at, key, reader.Signed());
            case 11: return new ConsentChanged(at, key, reader.Name()!, reader.Byte() == 1);
            default: throw new InvalidDataException($"A stored fact has kind {kind}, which this build does not know.");
        }
    }

    internal static void WriteValue(ByteWriter writer, TraitValue value)
    {
        writer.Byte((byte)value.Kind);
        writer.Text(value.Text);
    }

    internal static TraitValue ReadValue(ref ByteReader reader) => new((TraitKind)reader.Byte(), reader.Text());

    /// <summary>
    /// The amount; −1 for the rest of the order; below that the pieces and their price. An earlier build takes every number below 0 for a refund of
    /// the rest, so that facts pass between the two builds.
    /// </summary>
    private static long RefundNumber(OrderRefunded refunded) => refunded.Pieces == 0
        ? refunded.Amount ?? Rest
        : Rest - refunded.Pieces - ((OrderRefunded.PiecesMax + 1L) * ((refunded.Amount ?? -1) + 1));

    private static OrderRefunded Refund(Instant at, MessageKey key, string orderId, long number)
    {
        if (number >= Rest) return new OrderRefunded(at, key, orderId, number == Rest ? null : number);
        var (price, pieces) = Math.DivRem(Rest - number, OrderRefunded.PiecesMax + 1L);
        return new OrderRefunded(at, key, orderId, price == 0 ? null : price - 1, (int)pieces);
    }

    private static void WriteAttribute(ByteWriter writer, Fact fact)
    {
        switch (fact)
        {
            case TraitsSet set:
                Head(writer, 6, fact);
                writer.Count(set.Traits.Count);
                foreach (var trait in set.Traits)
                {
                    writer.Name(trait.Name);
                    WriteValue(writer, trait.Value);
                }

                break;
            case TagChanged changed:
                Head(writer, 7, fact);
                writer.Name(changed.Tag);
                writer.Byte(changed.Present ? (byte)1 : (byte)0);
                writer.Signed(changed.ExpiresAt.Milliseconds);
                break;
            case CommunityJoined joined:
                Head(writer, 8, fact);
                writer.Name(joined.Community);
                writer.Name(joined.Source);
                break;
            case PlanPurchased purchased:
                Head(writer, 9, fact);
                writer.Name(purchased.Plan);
                writer.Signed(purchased.Until.Milliseconds);
                break;
            case PointsChanged changed:
                Head(writer, 10, fact);
                writer.Signed(changed.Points);
                break;
            case ConsentChanged changed:
                Head(writer, 11, fact);
                writer.Name(changed.Purpose);
                writer.Byte(changed.Granted ? (byte)1 : (byte)0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fact), fact, "a kind of fact that no format keeps");
        }
    }

    private static void Head(ByteWriter writer, byte kind, Fact fact)
    {
        writer.Byte(kind);
        writer.Signed(fact.At.Milliseconds);
        writer.Fixed64(fact.Key.Value);
    }
}
