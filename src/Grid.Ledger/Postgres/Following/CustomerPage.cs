using Grid.Ledger.Log;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// The customers of one batch, encoded for other processes: format, count, then for each customer in order the id and the head. Version 0 marks an
/// erased customer; the name that replaces the id follows it.
/// </summary>
internal sealed class CustomerPage
{
    private const byte Format = 2;
    private readonly ByteWriter _writer = new();

    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>Empties the page for reuse.</summary>
    public void Begin(int count)
    {
        _writer.Clear();
        _writer.Byte(Format);
        _writer.Count(count);
    }

    public void Add(in CommittedCustomer customer)
    {
        _writer.Text(customer.Customer.Value);
        _writer.Unsigned((ulong)customer.Version);
        _writer.Signed(customer.DueAt.Milliseconds);
        HeadCodec.Write(_writer, customer.Measures, customer.Standing);
    }

    public void AddErased(Erased erased)
    {
        _writer.Text(erased.Customer.Value);
        _writer.Unsigned(0);
        _writer.Text(erased.Name.Value);
    }

    public void End() => Checksum.Seal(_writer);

    public static (List<CommittedCustomer> Customers, Erased? Erased) Read(ReadOnlySpan<byte> page)
    {
        var reader = new ByteReader(Checksum.Open(page));
        if (reader.Byte() != Format) throw new InvalidDataException("A page of changed customers has an unknown format.");
        var customers = new List<CommittedCustomer>();
        Erased? erased = null;
        for (var left = reader.Count(); left > 0; left--)
        {
            var customer = new CustomerId(reader.Text());
            var version = (long)reader.Unsigned();
            if (version == 0) erased = new Erased(customer, new CustomerId(reader.Text()));
            else customers.Add(Read(ref reader, customer, version));
        }

        return (customers, erased);
    }

    /// <summary>The customer erased by a batch, or null: a batch of an erasure holds nothing else at first.</summary>
    public static Erased? ReadErased(ReadOnlySpan<byte> page)
    {
        var reader = new ByteReader(Checksum.Open(page));
        if (reader.Byte() != Format) throw new InvalidDataException("A page of changed customers has an unknown format.");
        if (reader.Count() == 0) return null;
        var customer = new CustomerId(reader.Text());
        return reader.Unsigned() == 0 ? new Erased(customer, new CustomerId(reader.Text())) : null;
    }

    private static CommittedCustomer Read(ref ByteReader reader, CustomerId customer, long version)
    {
        var due = new Instant(reader.Signed());
        var (measures, standing) = HeadCodec.Read(ref reader);
        return new CommittedCustomer(customer, version, due, measures, standing);
    }
}

/// <summary>A person whose name in the log was replaced.</summary>
internal sealed record Erased(CustomerId Customer, CustomerId Name);
