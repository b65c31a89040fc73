using System.Text;

namespace Grid.Model.Customers;

/// <summary>
/// The key of a customer: the brand's own user id, or an anonymous id under <see cref="AnonymousPrefix"/>.
/// One to <see cref="Limits.CustomerIdBytesMax"/> UTF-8 bytes, no control characters.
/// </summary>
public readonly record struct CustomerId(string Value)
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

    public override string ToString() => Value;
}
