using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Grid.Model.Bytes;

namespace Grid.Ledger.Log;

/// <summary>CRC-32C at the end of a stored page and beside a row, because a database protects its write-ahead log but not always its files.</summary>
internal static class Checksum
{
    private const int Size = 8;

    public static void Seal(ByteWriter writer) => writer.Fixed64(Compute(writer.Written));

    /// <summary>The page without its checksum; an altered page throws <see cref="InvalidDataException"/>.</summary>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> page)
    {
        if (page.Length < Size) throw new InvalidDataException("A stored page is shorter than its checksum.");
        var content = page[..^Size];
        if (Compute(content) != BinaryPrimitives.ReadUInt64LittleEndian(page[^Size..]))
            throw new InvalidDataException("A stored page does not match its checksum.");
        return content;
    }

    public static uint Compute(string text, ReadOnlySpan<byte> bytes) => ~Add(Add(uint.MaxValue, MemoryMarshal.AsBytes(text.AsSpan())), bytes);

    public static uint Compute(long first, long second, ReadOnlySpan<byte> bytes) =>
        ~Add(BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)first), (ulong)second), bytes);

    private static uint Compute(ReadOnlySpan<byte> bytes) => ~Add(uint.MaxValue, bytes);

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var unit in bytes) sum = BitOperations.Crc32C(sum, unit);
        return sum;
    }
}
