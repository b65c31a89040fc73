using System.Security.Cryptography;
using System.Text;
using Grid.Model.Customers;

namespace Grid.Ledger;

/// <summary>
/// The partition of a customer. Stores keep the number on disk: every build must compute the same, and PostgreSQL computes it in the expression of an
/// index.
/// </summary>
public static class PartitionOf
{
    /// <summary>The number of partitions, the same for every ledger.</summary>
    public const int Count = 64;

    private const int BytesOnStackMax = 1024;

    /// <summary>0 to <see cref="Count"/> − 1: the low six bits of the first byte of MD5 over the id in UTF-8.</summary>
    public static int Customer(CustomerId customer)
    {
        var size = Encoding.UTF8.GetMaxByteCount(customer.Value.Length);
        Span<byte> id = size <= BytesOnStackMax ? stackalloc byte[BytesOnStackMax] : new byte[size];
        return Customer(id[..Encoding.UTF8.GetBytes(customer.Value, id)]);
    }

    /// <param name="id">In UTF-8.</param>
    internal static int Customer(ReadOnlySpan<byte> id)
    {
        if (id.Length <= ShortMd5.BytesMax) return ShortMd5.FirstByte(id) % Count;
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // MD5 only spreads the ids and protects nothing; it is the hash that PostgreSQL allows in expressions of indexes.
        MD5.HashData(id, hash);
#pragma warning restore CA5351 // End of the line above.
        return hash[0] % Count;
    }
}
