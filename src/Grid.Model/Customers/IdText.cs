using System.Buffers;
using System.Globalization;
using System.Text;
using Grid.Model.Rejections;

namespace Grid.Model.Customers;

/// <summary>
/// The one rule for ids that senders write: blanks and invisible characters around an id are not part of it. Within it only visible characters,
/// blanks, and the joiners U+200C and U+200D are allowed; some scripts and emoji need the joiners.
/// </summary>
public static class IdText
{
    /// <summary>Letters that Unicode classes as visible but fonts draw as nothing.</summary>
    private static readonly SearchValues<char> Fillers = SearchValues.Create("\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0");

    /// <summary>The id without the blanks and invisible characters around it; empty when no character of it is visible.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || (IsPlain(text[0]) && IsPlain(text[^1]))) return text;
        while (!text.IsEmpty && Rune.DecodeFromUtf16(text, out var first, out var length) == OperationStatus.Done && !IsSeen(first)) text = text[length..];
        while (!text.IsEmpty && Rune.DecodeLastFromUtf16(text, out var last, out var length) == OperationStatus.Done && !IsSeen(last))
            text = text[..^length];
        return text;
    }

    /// <summary>Null when a trimmed id is valid, else the reason why not.</summary>
    public static Reason? Fault(ReadOnlySpan<char> trimmed)
    {
        if (trimmed.IsEmpty) return Reasons.Blank;
        if (trimmed.IndexOfAnyExceptInRange('!', '~') < 0) return null;
        foreach (var rune in trimmed.EnumerateRunes())
            if (!IsSeen(rune) && !MayStandInside(rune))
                return Rune.IsControl(rune) ? Reasons.WithControl : Reasons.WithInvisible.With($"{rune.Value:X4}");
        return null;
    }

    /// <summary>Whether no character of a text in UTF-8 is visible.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done || IsSeen(rune)) return false;
            text = text[length..];
        }

        return true;
    }

    private static bool IsPlain(char character) => character is >= '!' and <= '~';

    private static bool MayStandInside(Rune rune) =>
        rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;

    private static bool IsSeen(Rune rune) => !(rune.IsBmp && Fillers.Contains((char)rune.Value)) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
