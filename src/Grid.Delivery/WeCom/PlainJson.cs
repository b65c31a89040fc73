using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Delivery.WeCom;

/// <summary>
/// Writes JSON with every character as it is, control characters excepted: WeCom refuses <c>\uxxxx</c> with 40033, and even the relaxed encoder of
/// System.Text.Json writes emoji so.
/// </summary>
internal static class PlainJson
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> shape) => Encoding.UTF8.GetBytes(Unescape(JsonSerializer.Serialize(value, shape)));

    private static string Unescape(string json)
    {
        if (!json.Contains("\\u", StringComparison.Ordinal)) return json;
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            text.Append(json[i]);
            if (json[i] != '\\') continue;

            // An escaped backslash is passed over with the character that follows it, so that a "u" after it means itself.
            i++;
            text.Append(json[i]);
            if (json[i] != 'u') continue;
            var character = (char)int.Parse(json.AsSpan(i + 1, 4), NumberStyles.HexNumber);
            if (char.IsControl(character)) continue;

            // A quotation mark and a backslash keep the backslash before them.
            text.Length -= character is '"' or '\\' ? 1 : 2;
            text.Append(character);
            i += 4;
        }

        return text.ToString();
    }
}
