using System.Text;
using System.Buffers.Binary;

namespace Grid.Model.Facts;

/// <summary>
/// A message id in 8 bytes: FNV-1a over its UTF-8 with the finalizer of MurmurHash3. It recognises a re-delivery and
/// orders what does not contradict itself at one instant, so it must never change: it is part of the stored format.
/// </summary>
/// <remarks>A customer remembers at most some thousand messages, so that two of their keys collide once in 10^12 customers.</remarks>
public readonly record struct MessageKey(ulong Value)
{
    public static MessageKey From(ReadOnlySpan<byte> utf8)
    {
        var hash = 14695981039346656037UL;
        while (utf8.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * 1099511628211UL;
            hash ^= hash >> 29;
            utf8 = utf8[8..];
        }

        foreach (var unit in utf8) hash = (hash ^ unit) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        return new MessageKey(hash ^ (hash >> 33));
    }

    public static MessageKey From(string text) => From(Encoding.UTF8.GetBytes(text));

    public int CompareTo(MessageKey other) => Value.CompareTo(other.Value);
}
