using System.Text;

namespace Grid.Model.Customers;

/// <summary>
/// The key of a customer: the brand's own user id, or an anonymous id under <see cref="AnonymousPrefix"/>.
/// One to <see cref="Limits.CustomerIdBytesMax"/> UTF-8 bytes, no control characters.
/// </summary>
public readonly record struct CustomerId(string Value) : IComparable<CustomerId>
{
    public const string AnonymousPrefix = "anonymous:";

    /// <summary>Null when <paramref name="value"/> is a valid id, else the reason why it is not.</summary>
    public static string? Fault(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "a customer id is empty";
        if (value.Length > Limits.CustomerIdBytesMax || Encoding.UTF8.GetByteCount(value) > Limits.CustomerIdBytesMax)
            return $"a customer id is longer than {Limits.CustomerIdBytesMax} bytes";
        foreach (var character in value)
            if (char.IsControl(character))
                return "a customer id contains a control character";
        return null;
    }

    /// <summary>The order of ids everywhere: that of their UTF-8 bytes, which is the order of their code points.</summary>
    public int CompareTo(CustomerId other) => Compare(Value, other.Value);

    internal static int Compare(string one, string other)
    {
        var left = one.AsSpan();
        var right = other.AsSpan();
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);
        return Rank(left[same]).CompareTo(Rank(right[same]));
    }

    /// <summary>UTF-16 spells code points above U+FFFF with units that sort before U+E000; here they come last.</summary>
    private static int Rank(char unit) => unit < '\ud800' ? unit : char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    public override string ToString() => Value;
}
