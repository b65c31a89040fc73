namespace Grid.Testing.Mutations;

/// <summary>JSON values of a wrong type, and texts at the edges of the accepted ones.</summary>
internal static class OddValues
{
    /// <summary>JSON literals, some of them invalid.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "0.1", "123", "1e999", "-1e-999", "1e308", "9223372036854775807",
        "9223372036854775808", "19.989999999999998", "0.005", "79228162514264337593543950335", "79228162514264337593543950336", "00", "NaN",
        "\"\"", "\" \"", "\"yesterday\"", "\"123\"", "\"NaN\"", "\"Infinity\"", "\"-5\"", "\"+5\"", "\"5.\"", "\".5\"", "\"1,5\"",
        "{}", "[]", "[[]]", "[{}]", "[null]", "[1,\"a\",{}]", """{"a":{"b":[1]}}""", """{"":""}""", """[{"quantity":{}},{"category":[]}]""",
        """[{"quantity":1e9,"category":"a"},{"quantity":"x"}]""",
        """ "\u0000" """, """ "a\u0000b" """, """ "\ud800" """, """ "\udc00\ud800" """, """ "\ud83d\ude00" """, """ "\u00e9" """, """ "a\/b" """,
        """ "\n\t" """, "\"\u3000\"", "\"\u00A0\"", "\"\u2003\u2003\"", "\"\u202Eabc\"", "\"a\u200Bb\"", "\"\uFEFF\"", "\"\u2028\"",
        "\"\u0085\"", "\"\u00AD\"", "\".\"", "\"..\"", "\"../..\"", "\"/\"", "\"%2f\"", "\"a/b\"", "\"a?b#c\"", "\"anonymous:\"",
        "\"anonymous:x\"", "\"erased:1\"", "\"undefined\"", "\"[object Object]\"", "\"\uFFFD\"", "\"\uFFFF\"", "\"\U0010FFFF\"", "\"\U000E0001\"",
        "\"2026-06-01T12:00:00Z\"", "\"2026-06-01T11:59:59.999+08:00\"", "\"0001-01-01T00:00:00+18:00\"", "\"9999-12-31T23:59:59.999-18:00\"",
        "\"9999-12-31T23:59:59.999Z\"", "\"0001-01-01\"", "\"1970-01-01\"", "\"1899-12-31\"", "\"2026-02-30\"", "\"2026-06-01T24:00:00Z\"",
        "\"2027-01-01T00:00:00Z\"", "1780315200000", "-1", "\"CNY\"", "\"cny\"", "\"USD\"", "\"Order Completed\"", "\"track\"", "\"m1\"",
    ];

    /// <summary>A text of many bytes, of one character or of many.</summary>
    public static string Long(Random random)
    {
        var lengths = (ReadOnlySpan<int>)[63, 64, 65, 127, 128, 129, 255, 256, 257, 1_000, 4_095, 4_097, 33_000];
        var length = lengths[random.Next(lengths.Length)];
        return random.Next(3) switch
        {
            0 => $"\"{new string('a', length)}\"",
            1 => $"\"{string.Concat(Enumerable.Repeat("中", length / 3))}\"",
            _ => $"\"{string.Concat(Enumerable.Repeat("\\u0041", Math.Min(length, 2_000)))}\"",
        };
    }

    /// <summary>Deeply nested, up to and beyond the bound.</summary>
    public static string Deep(Random random)
    {
        var depth = random.Next(1, 80);
        return random.Next(2) == 0
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }
}
