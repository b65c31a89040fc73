using System.Globalization;
using Grid.Model;
using Grid.Model.Rejections;

namespace Grid.Ingest.Values;

/// <summary>
/// Reads money from its literal. An amount has at most the decimals of the currency; what binary floating point adds, as in
/// 19.989999999999998, is rounded half-even.
/// </summary>
internal static class Amount
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Beyond the decimals of a double: its error is at most 10⁻¹⁶ of the amount, and some additions add up to a few of these.</summary>
    private const decimal NoiseShare = 1e-14m;

    /// <summary>In minor units, for what is left where amounts cancel out, as in 0.1 + 0.2 − 0.3.</summary>
    private const decimal NoiseMin = 1e-8m;

    /// <summary>The amount in minor units, or the reason why it is invalid.</summary>
    public static Reason? Read(ReadOnlySpan<byte> literal, int minorUnits, out long amount)
    {
        amount = 0;
        if (!decimal.TryParse(literal, Style, CultureInfo.InvariantCulture, out var major)) return ReadBeyond(literal);
        if (major < 0) return Reasons.AmountNegative;
        if (major > Limits.AmountMax) return Reasons.AmountTooLarge;
        var scale = Scale(minorUnits);
        var minor = major * scale;
        var rounded = decimal.Round(minor, MidpointRounding.ToEven);
        if (rounded > Limits.AmountMax) return Reasons.AmountTooLarge;
        if (rounded != minor && !IsNoise(minor - rounded, rounded) && !IsOfSinglePrecision(literal, rounded / scale, scale)) return Reasons.AmountTooPrecise;
        amount = (long)rounded;
        return null;
    }

    private static bool IsNoise(decimal difference, decimal rounded) => Math.Abs(difference) <= NoiseMin + (rounded * NoiseShare);

    /// <summary>
    /// Whether a sender has put the amount through 32 bits, as 19.989999771118164 for 19.99. Only where neighbours differ by less than a minor unit:
    /// of larger amounts the minor units are lost.
    /// </summary>
    private static bool IsOfSinglePrecision(ReadOnlySpan<byte> literal, decimal rounded, decimal scale)
    {
        var single = float.Parse(rounded.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.Parse(literal, Style, CultureInfo.InvariantCulture) == single && (decimal)(MathF.BitIncrement(single) - single) * scale < 1;
    }

    /// <summary>A literal that no decimal holds: too large, too small, not finite, or no number at all.</summary>
    private static Reason? ReadBeyond(ReadOnlySpan<byte> literal)
    {
        var isNegative = literal.StartsWith("-"u8);
        var unsigned = isNegative || literal.StartsWith("+"u8) ? literal[1..] : literal;
        if (IsWord(unsigned, "nan") || IsWord(unsigned, "infinity") || IsWord(unsigned, "inf")) return Reasons.AmountNotFinite;
        if (!double.TryParse(literal, Style, CultureInfo.InvariantCulture, out var value)) return Reasons.AmountNoNumber;
        if (value == 0) return null;
        return isNegative ? Reasons.AmountNegative : Reasons.AmountTooLarge;
    }

    private static bool IsWord(ReadOnlySpan<byte> text, string word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    private static decimal Scale(int minorUnits)
    {
        var scale = 1m;
        for (; minorUnits > 0; minorUnits--) scale *= 10;
        return scale;
    }
}
