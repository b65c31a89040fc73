using System.Text;
using Grid.Model.Rejections;

namespace Grid.Model.Customers;

/// <summary>
/// The key of a customer: the brand's own user id, or an anonymous id under <see cref="AnonymousPrefix"/>.
/// One to <see cref="Limits.CustomerIdBytesMax"/> UTF-8 bytes, no control characters.
/// </summary>
public readonly record struct CustomerId(string Value) : IComparable<CustomerId>
{
    public const string AnonymousPrefix = "anonymous:";

    /// <summary>Reads an id as senders and addresses write it, by the rule of <see cref="IdText"/>.</summary>
    /// <returns>Null, or the reason why <paramref name="text"/> is no id.</returns>
    public static Reason? Read(string? text, out CustomerId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text)) return Fault(text);
        var trimmed = IdText.Trim(text);
        if (trimmed.StartsWith(AnonymousPrefix, StringComparison.Ordinal)) return ReadAnonymous(trimmed[AnonymousPrefix.Length..], out id);
        if (IdText.Fault(trimmed) is { } error) return error;
        id = new CustomerId(trimmed.Length == text.Length ? text : trimmed.ToString());
        return Fault(id.Value);
    }

    /// <summary>Reads what a sender calls an anonymous id; the customer's id has the prefix.</summary>
    /// <returns>Null, or the reason why <paramref name="text"/> is no id.</returns>
    public static Reason? ReadAnonymous(ReadOnlySpan<char> text, out CustomerId id)
    {
        id = default;
        var trimmed = IdText.Trim(text);
        if (IdText.Fault(trimmed) is { } error) return error;
        id = new CustomerId(string.Concat(AnonymousPrefix, trimmed));
        return Fault(id.Value);
    }

    /// <summary>
    /// Null when a customer may be stored under <paramref name="value"/>, else the reason why not. Ledgers contain ids from before the rule of
    /// <see cref="IdText"/> existed; reads find those under their stored spelling.
    /// </summary>
    public static Reason? Fault(string? value)
    {
        if (string.IsNullOrEmpty(value)) return Reasons.CustomerIdEmpty;
        if (value.Length > Limits.CustomerIdBytesMax || Encoding.UTF8.GetByteCount(value) > Limits.CustomerIdBytesMax)
            return Reasons.CustomerIdTooLong.With(Limits.CustomerIdBytesMax);
        foreach (var character in value)
            if (char.IsControl(character))
                return Reasons.CustomerIdWithControl;
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

    /// <summary>UTF-16 encodes code points above U+FFFF in units that sort before U+E000; this order puts them last.</summary>
    private static int Rank(char unit) => unit < '\ud800' ? unit : char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    public override string ToString() => Value;
}
