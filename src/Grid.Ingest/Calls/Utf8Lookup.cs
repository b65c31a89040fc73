using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Grid.Ingest.Calls;

/// <summary>An immutable table from UTF-8 names to values; a lookup allocates no string. Open addressing, at most half full.</summary>
internal sealed class Utf8Lookup<T>
{
    private readonly (byte[]? Name, T Value)[] _slots;
    private readonly int _mask;

    public Utf8Lookup(IReadOnlyCollection<KeyValuePair<string, T>> names)
    {
        _slots = new (byte[]?, T)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, names.Count * 2))];
        _mask = _slots.Length - 1;
        foreach (var (text, value) in names)
        {
            var name = Encoding.UTF8.GetBytes(text);
            var index = (int)Hash(name) & _mask;
            while (_slots[index].Name is not null) index = (index + 1) & _mask;
            _slots[index] = (name, value);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> name, out T value)
    {
        for (var index = (int)Hash(name) & _mask; _slots[index].Name is { } candidate; index = (index + 1) & _mask)
        {
            if (!name.SequenceEqual(candidate)) continue;
            value = _slots[index].Value;
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>The first and last eight bytes and the length distinguish the names of one table well enough.</summary>
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong head = 0, tail = 0;
        if (name.Length >= 8)
        {
            head = BinaryPrimitives.ReadUInt64LittleEndian(name);
            tail = BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
        }
        else
        {
            foreach (var unit in name) head = (head << 8) | unit;
        }

        var hash = ((head * 0x9E3779B97F4A7C15) ^ BitOperations.RotateLeft(tail, 23)) * 0xD6E8FEB86659FD93;
        return (uint)(hash >> 32) + (uint)name.Length;
    }
}
