using Grid.Model.Bytes;

namespace Grid.Model.Customers;

/// <summary>
/// Additions to the stored format, each a section at the end of a state: a number, a length and the bytes; a section without content is left out. A
/// build that cannot read a section keeps its bytes and writes them again, so that two builds can run side by side.
/// </summary>
public static partial class CustomerCodec
{
    private const byte HistorySection = 2;

    [ThreadStatic] private static ByteWriter? _section;

    private static void WriteSections(ByteWriter writer, Customer customer)
    {
        if (!customer.Orders.Folded.IsEmpty) WriteSection(writer, HistorySection, customer, WriteHistory);
        writer.Append(customer.Later.Span);
    }

    private static void ReadSections(ref ByteReader reader, byte[] state, Customer customer)
    {
        while (!reader.AtEnd)
        {
            var start = reader.Position;
            var number = reader.Byte();
            if (number == 0) throw new InvalidDataException("A customer state has bytes after its end that are no section.");
            if (!ReadSection(number, new ByteReader(reader.Bytes()), customer))
                customer.KeepLater(state.AsMemory(start, reader.Position - start));
        }
    }

    /// <returns>False when this build does not know the section.</returns>
    private static bool ReadSection(byte number, ByteReader content, Customer customer)
    {
        switch (number)
        {
            case HistorySection:
                ReadHistory(content, customer);
                return true;
            default:
                return false;
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
