using Grid.Model.Bytes;
using Grid.Model.Customers;

namespace Grid.Ledger.Log;

/// <summary>One change in the journal.</summary>
/// <param name="Delta">A slice of the page, which it keeps in memory.</param>
internal readonly record struct JournalEntry(CustomerId Customer, long Version, ReadOnlyMemory<byte> Delta);

/// <summary>The deltas of one batch, packed: format, count, then id, version and delta of each change in their order.</summary>
internal sealed class JournalPage
{
    private const byte Format = 1;
    private readonly ByteWriter _writer = new();

    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>Empties the page for reuse.</summary>
    public void Begin(int count)
    {
        _writer.Clear();
        _writer.Byte(Format);
        _writer.Count(count);
    }

    public void Add(CustomerId customer, long version, ReadOnlySpan<byte> delta)
    {
        _writer.Text(customer.Value);
        _writer.Unsigned((ulong)version);
        _writer.Bytes(delta);
    }

    public void End() => Checksum.Seal(_writer);

    public static List<JournalEntry> Read(ReadOnlyMemory<byte> page)
    {
        var entries = new List<JournalEntry>();
        Read(page, entries);
        return entries;
    }

    /// <param name="page">The entries keep it in memory.</param>
    /// <param name="entries">Cleared and filled, so that a reader of many pages needs one list.</param>
    public static void Read(ReadOnlyMemory<byte> page, List<JournalEntry> entries)
    {
        entries.Clear();
        var reader = new ByteReader(Checksum.Open(page.Span));
        if (reader.Byte() != Format) throw new InvalidDataException("A page of the journal has an unknown format.");
        var count = reader.Count();
        for (var index = 0; index < count; index++)
        {
            var (customer, version, length) = (new CustomerId(reader.Text()), (long)reader.Unsigned(), reader.Bytes().Length);
            entries.Add(new JournalEntry(customer, version, page.Slice(reader.Position - length, length)));
        }
    }
}
