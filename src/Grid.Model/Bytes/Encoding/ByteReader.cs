using System.Buffers.Binary;
using System.Text;

namespace Grid.Model.Bytes;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Bytes that make no sense throw <see cref="InvalidDataException"/>.</summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private List<string>? _names;
    private int _position;

    public readonly int Position => _position;

    public readonly bool AtEnd => _position == _bytes.Length;

    public byte Byte() => _position < _bytes.Length ? _bytes[_position++] : throw Damaged();

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var unit = Byte();
            value |= (ulong)(unit & 0x7F) << shift;
            if (unit < 0x80) return value;
        }

        throw Damaged();
    }

    public int Count()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw Damaged();
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public string? Name()
    {
        var index = Count();
        if (index == 0) return null;
        if (index == 1)
        {
            var name = NamePool.Get(Take(Count()));
            (_names ??= []).Add(name);
            return name;
        }

        return _names is not null && index - 2 < _names.Count ? _names[index - 2] : throw Damaged();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position) throw Damaged();
        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    private static InvalidDataException Damaged() => new("The stored bytes end early or hold a number out of range.");
}
