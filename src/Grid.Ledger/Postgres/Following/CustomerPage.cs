using Grid.Ledger.Log;
using Grid.Model.Bytes;
using Grid.Model.Customers;

namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// The customers of one group as other processes need them, packed: format, count, then id and the head of the state of each in their
/// order. An empty head says that the customer was erased, and is followed by the name that stands in for it.
/// </summary>
internal sealed class CustomerPage
{
    private const byte Format = 1;
    private readonly ByteWriter _writer = new();

    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>Starts the page anew.</summary>
    public void Begin(int count)
    {
        _writer.Clear();
        _writer.Byte(Format);
        _writer.Count(count);
    }

    /// <param name="head">The state, or its beginning up to and including the layers.</param>
    public void Add(CustomerId customer, ReadOnlySpan<byte> head)
    {
        _writer.Text(customer.Value);
        _writer.Bytes(head);
    }

    public void AddErased(Erased erased)
    {
        _writer.Text(erased.Customer.Value);
        _writer.Bytes([]);
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
            var head = reader.Bytes().ToArray();
            if (head.Length == 0)
            {
                erased = new Erased(customer, new CustomerId(reader.Text()));
                continue;
            }

            var header = CustomerHeader.Read(head);
            customers.Add(new CommittedCustomer(customer, header.DueAt, header.Measures, head));
        }

        return (customers, erased);
    }
}

/// <summary>A person whose name in the log was replaced.</summary>
internal sealed record Erased(CustomerId Customer, CustomerId Name);
