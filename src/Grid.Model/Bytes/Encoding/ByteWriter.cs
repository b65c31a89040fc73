using System.Buffers.Binary;
using System.Text;

namespace Grid.Model.Bytes;

/// <summary>
/// Writes the stored formats: variable-length integers (7 bits a byte, low first), zigzag for signed ones, names once per buffer.
/// Reused from turn to turn by its owner; not thread-safe.
/// </summary>
public sealed class ByteWriter
{
    // The first names are compared one by one, which is quicker than hashing: most are pooled strings, so comparing references finds them.
    private const int NamesCompared = 16;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _furtherNames = new(StringComparer.Ordinal);
    private byte[] _bytes = new byte[1024];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        _names.Clear();
        _furtherNames.Clear();
    }

    public byte[] ToArray() => Written.ToArray();

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Unsigned(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    public void Count(int value) => Unsigned((ulong)value);

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    /// <summary>Writes the bytes without their length.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        Append(value);
    }

    /// <summary>Writes a text that is expected once in the buffer.</summary>
    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Count(size);
        Reserve(size);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    /// <summary>
    /// The bytes that <see cref="Text"/> writes, for searching a text in a buffer. They include the length, so that <c>u1</c> is not found in
    /// <c>u126</c>.
    /// </summary>
    public static byte[] TextBytes(string value)
    {
        var writer = new ByteWriter();
        writer.Text(value);
        return writer.Written.ToArray();
    }

    /// <summary>
    /// Writes a name that may occur again in the buffer: 0 = none, 1 = new and spelled out, n + 2 = the n-th name spelled out before.
    /// </summary>
    public void Name(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var index = IndexOf(value);
        if (index >= 0)
        {
            Count(index + 2);
            return;
        }

        if (_names.Count >= NamesCompared) _furtherNames.Add(value, _names.Count);
        _names.Add(value);
        Byte(1);
        Text(value);
    }

    private int IndexOf(string value)
    {
        var compared = Math.Min(_names.Count, NamesCompared);
        for (var index = 0; index < compared; index++)
            if (ReferenceEquals(_names[index], value))
                return index;
        for (var index = 0; index < compared; index++)
            if (_names[index] == value)
                return index;
        return _names.Count > NamesCompared && _furtherNames.TryGetValue(value, out var further) ? further : -1;
    }

    private void Reserve(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
    }
}
