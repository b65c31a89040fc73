using Grid.Model.Bytes;
using Grid.Model.Facts;

namespace Grid.Model.Customers;

/// <summary>
/// Additions to the stored format, each a section at the end of a state: a number, a length and the bytes; a section without content is left out. A
/// build that cannot read a section keeps its bytes and writes them again, so that two builds can run side by side.
/// </summary>
public static partial class CustomerCodec
{
    private const byte RemovalsSection = 1;
    private const byte HistorySection = 2;
    private const byte InteractionQuarters = 3;
    private const byte BrowseQuarters = 4;
    private const byte ReturnedPiecesSection = 5;
    private const byte TiesSection = 6;

    [ThreadStatic] private static ByteWriter? _section;

    private static void WriteSections(ByteWriter writer, Customer customer)
    {
        WriteSection(writer, RemovalsSection, customer, static (section, of) => WriteRemovals(section, of.Attributes));
        if (!customer.Orders.Folded.IsEmpty) WriteSection(writer, HistorySection, customer, WriteHistory);
        WriteSection(writer, InteractionQuarters, customer, static (section, of) => WriteQuarters(section, of.Interactions));
        WriteSection(writer, BrowseQuarters, customer, static (section, of) => WriteQuarters(section, of.Browses));
        WriteSection(writer, ReturnedPiecesSection, customer, static (section, of) => WriteReturnedPieces(section, of.Orders));
        WriteSection(writer, TiesSection, customer, static (section, of) => WriteTies(section, of));
        writer.Append(customer.Later.Span);
    }

    private static void ReadSections(ref ByteReader reader, byte[] state, Customer customer)
    {
        var (interactions, browses) = (false, false);
        while (!reader.AtEnd)
        {
            var start = reader.Position;
            var number = reader.Byte();
            if (number == 0) throw new InvalidDataException("A customer state has bytes after its end that are no section.");
            interactions |= number == InteractionQuarters;
            browses |= number == BrowseQuarters;
            if (!ReadSection(number, new ByteReader(reader.Bytes()), customer))
                customer.KeepLater(state.AsMemory(start, reader.Position - start));
        }

        if (!interactions) WithoutQuarters(customer.Interactions);
        if (!browses) WithoutQuarters(customer.Browses);
    }

    /// <returns>False when this build does not know the section.</returns>
    private static bool ReadSection(byte number, ByteReader content, Customer customer)
    {
        switch (number)
        {
            case RemovalsSection: return ReadRemovals(ref content, customer.Attributes);
            case HistorySection:
                ReadHistory(content, customer);
                return true;
            case InteractionQuarters: return ReadQuarters(ref content, customer.Interactions);
            case BrowseQuarters: return ReadQuarters(ref content, customer.Browses);
            case ReturnedPiecesSection: return ReadReturnedPieces(ref content, customer.Orders);
            case TiesSection: return ReadTies(ref content, customer);
            default: return false;
        }
    }

    private static void WriteRemovals(ByteWriter section, Attributes attributes)
    {
        foreach (ref readonly var removal in attributes.Removals) Named(section, removal.Name, removal.At, removal.Key);
    }

    private static bool ReadRemovals(ref ByteReader section, Attributes attributes)
    {
        while (!section.AtEnd)
        {
            var (name, at, key) = Named(ref section);
            attributes.Restore(new TraitRemoval(name, at, key));
        }

        return true;
    }

    /// <summary>The refunds that name pieces, by their keys. Their amounts are in the list of refunds.</summary>
    private static void WriteReturnedPieces(ByteWriter section, OrderBook book)
    {
        foreach (ref readonly var refund in book.Refunds)
        {
            if (refund.Pieces == 0) continue;
            section.Fixed64(refund.Key.Value);
            section.Count(refund.Pieces);
        }
    }

    private static bool ReadReturnedPieces(ref ByteReader section, OrderBook book)
    {
        while (!section.AtEnd) book.RestorePieces(new MessageKey(section.Fixed64()), section.Count());
        book.Settle();
        return true;
    }

    private static void WriteSection(ByteWriter writer, byte number, Customer customer, Action<ByteWriter, Customer> write)
    {
        var section = _section ??= new ByteWriter();
        section.Clear();
        write(section, customer);
        if (section.Length == 0) return;
        writer.Byte(number);
        writer.Bytes(section.Written);
    }
}
