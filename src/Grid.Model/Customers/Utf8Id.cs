using System.Text;

namespace Grid.Model.Customers;

/// <summary>An id as a slice of UTF-8 bytes it does not own: a decoded state points into its own bytes instead of making strings.</summary>
public readonly struct Utf8Id(byte[] bytes, int start, int length) : IEquatable<Utf8Id>
{
    private readonly byte[] _bytes = bytes;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(start, length);

    public static Utf8Id From(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new Utf8Id(bytes, 0, bytes.Length);
    }

    public bool Equals(Utf8Id other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Utf8Id other && Equals(other);

    public static bool operator ==(Utf8Id left, Utf8Id right) => left.Equals(right);

    public static bool operator !=(Utf8Id left, Utf8Id right) => !left.Equals(right);

    public override int GetHashCode() => (int)Facts.MessageKey.From(Span).Value;

    public override string ToString() => Encoding.UTF8.GetString(Span);
}
