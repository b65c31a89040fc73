using Grid.Model.Bytes;

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
        if (!customer.Orders.Folded.IsEmpty) WriteSection(writer, HistorySection, customer, WriteHistory);
        WriteSection(writer, InteractionQuarters, customer, static (section, of) => WriteQuarters(section, of.Interactions));
        WriteSection(writer, BrowseQuarters, customer, static (section, of) => WriteQuarters(section, of.Browses));
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
            case HistorySection:
                ReadHistory(content, customer);
                return true;
            case InteractionQuarters: return ReadQuarters(ref content, customer.Interactions);
            case BrowseQuarters: return ReadQuarters(ref content, customer.Browses);
            default: return false;
        }
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
