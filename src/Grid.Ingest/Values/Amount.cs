using Grid.Model;

namespace Grid.Ingest.Values;

/// <summary>
/// Reads money from the digits of its literal, so that no binary floating point is involved: 19.989999999999998 is 1999 minor units.
/// Rounding is half-even to the minor unit, exact for any number of digits.
/// </summary>
internal static class Amount
{
    public const string Negative = "the amount is negative";
    public const string NotFinite = "the amount is not finite";
    public const string TooLarge = "the amount is larger than 1000000000000 minor units";
    public const string NoNumber = "the amount is not a number";

    // An exponent beyond this is far outside of all valid amounts, or rounds to zero.
    private const int ExponentMax = 100_000;

    /// <summary>The amount in minor units, or the reason why it is invalid.</summary>
    public static string? Read(ReadOnlySpan<byte> literal, int minorUnits, out long amount)
    {
        amount = 0;
        var digits = literal;
        var negative = digits.Length > 0 && digits[0] == (byte)'-';
        if (negative || (digits.Length > 0 && digits[0] == (byte)'+')) digits = digits[1..];
        if (IsWord(digits, "nan") || IsWord(digits, "infinity") || IsWord(digits, "inf")) return NotFinite;
        if (!Measure(digits, out var point, out var end, out var exponent)) return NoNumber;

        var text = digits[..end];
        var kept = point + exponent + minorUnits;
        var rounding = new Rounding();
        var seen = 0;
        foreach (var unit in text)
        {
            if (unit == (byte)'.') continue;
            var digit = unit - '0';
            if (seen++ < kept)
            {
                if (amount > Limits.AmountMax) return negative ? Negative : TooLarge;
                amount = (amount * 10) + digit;
            }
            else
            {
                // A number such as 0.0001 with a negative exponent has zeros between the cut and its first digit.
                rounding.Add(digit, isFirst: seen - 1 == kept);
            }
        }

        for (; seen < kept && amount != 0; seen++)
        {
            if (amount > Limits.AmountMax) return negative ? Negative : TooLarge;
            amount *= 10;
        }

        if (negative && (amount != 0 || rounding.Any)) return Negative;
        amount += rounding.Up(amount) ? 1 : 0;
        return amount > Limits.AmountMax ? TooLarge : null;
    }

    /// <summary>Checks the form of the number; <paramref name="point"/> counts the digits before the decimal point.</summary>
    private static bool Measure(ReadOnlySpan<byte> text, out int point, out int end, out int exponent)
    {
        point = -1;
        exponent = 0;
        var digits = 0;
        for (end = 0; end < text.Length; end++)
        {
            var unit = text[end];
            if (unit is >= (byte)'0' and <= (byte)'9') digits++;
            else if (unit == (byte)'.' && point < 0) point = digits;
            else break;
        }

        if (point < 0) point = digits;
        if (digits == 0) return false;
        if (end == text.Length) return true;
        return (text[end] | 0x20) == 'e' && ReadExponent(text[(end + 1)..], out exponent);
    }

    private static bool ReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative || (text.Length > 0 && text[0] == (byte)'+')) text = text[1..];
        if (text.IsEmpty) return false;
        foreach (var unit in text)
        {
            if (unit is < (byte)'0' or > (byte)'9') return false;
            exponent = Math.Min((exponent * 10) + (unit - '0'), ExponentMax);
        }

        if (negative) exponent = -exponent;
        return true;
    }

    private static bool IsWord(ReadOnlySpan<byte> text, string word) =>
        System.Text.Ascii.EqualsIgnoreCase(text, word);

    /// <summary>Whether the cut-off digits are more than, less than, or exactly a half.</summary>
    private struct Rounding
    {
        private int _first;
        private bool _rest;

        public readonly bool Any => _first != 0 || _rest;

        public void Add(int digit, bool isFirst)
        {
            if (isFirst) _first = digit;
            else _rest |= digit != 0;
        }

        public readonly bool Up(long amount) => _first > 5 || (_first == 5 && (_rest || (amount & 1) == 1));
    }
}
