using System.Globalization;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger;

/// <summary>A row as read: the row itself or, when it is damaged, the damage.</summary>
/// <remarks>
/// The checksum of a row covers its id and its state, and carries the version that it was computed for: a build without checksums leaves the old one
/// in place when it writes a row, and a checksum of another version is ignored. Version and deadline are in the head of the state as well.
/// </remarks>
public readonly record struct StoredRow
{
    private readonly CustomerRow? _row;

    public StoredRow(CustomerRow row) => (Customer, _row) = (row.Customer, row);

    private StoredRow(CustomerId customer, LedgerException damage) => (Customer, Damage) = (customer, damage);

    public CustomerId Customer { get; }

    /// <summary>Null for a sound row.</summary>
    public LedgerException? Damage { get; }

    /// <exception cref="LedgerException">The row is damaged.</exception>
    public CustomerRow Row => _row ?? throw LedgerException.Damaged(Customer, Damage!.InnerException ?? Damage);

    /// <param name="checksum">Null for a row from before there were checksums.</param>
    internal static StoredRow From(CustomerId customer, long version, Instant dueAt, byte[] state, long? checksum)
    {
        try
        {
            var header = CustomerHeader.Read(state);
            if (checksum is { } known && (uint)(known >> 32) == (uint)version && known != Checksum(customer, version, state))
                throw new InvalidDataException("it does not match its checksum");
            if (header.Version != version)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it is at version {version} and its state at {header.Version}"));
            if (header.DueAt != dueAt) throw new InvalidDataException("its deadline is not that of its state");
            return new StoredRow(new CustomerRow(customer, version, state, dueAt, header.Measures));
        }
        catch (InvalidDataException failure)
        {
            return new StoredRow(customer, LedgerException.Damaged(customer, failure));
        }
    }

    /// <param name="damage">A failure that affects only this customer.</param>
    internal static StoredRow From(CustomerId customer, LedgerException damage) => new(customer, damage);

    internal static long Checksum(CustomerId customer, long version, ReadOnlySpan<byte> state) =>
        ((long)(uint)version << 32) | Log.Checksum.Compute(customer.Value, state);
}
