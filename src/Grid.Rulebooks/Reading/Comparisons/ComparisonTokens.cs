namespace Grid.Rulebooks.Reading.Comparisons;

internal enum TokenKind
{
    /// <summary>Letters, digits and the marks of numbers, spans and names: <c>orders</c>, <c>90d</c>, <c>10%</c>, <c>score.r</c>.</summary>
    Word,

    /// <summary>A text in double or single quotes; <see cref="Token.Text"/> excludes them.</summary>
    Quoted,

    /// <summary>A quoted text without a closing quote.</summary>
    Unfinished,

    /// <summary>One or more of <c>&lt; &gt; = ! ≤ ≥ ≠ &amp; |</c>.</summary>
    Symbol,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Other,
    End,
}

/// <param name="Index">Its first position in the comparison.</param>
/// <param name="Written">Its text as in the file.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Written, int Index);

/// <summary>Splits a comparison into words, quoted texts and signs.</summary>
internal static class ComparisonTokens
{
    private const string SymbolCharacters = "<>=!≤≥≠&|";

    /// <summary>The last token is always <see cref="TokenKind.End"/>.</summary>
    public static IReadOnlyList<Token> Split(string text)
    {
        List<Token> tokens = [];
        var index = 0;
        while (index < text.Length)
        {
            if (char.IsWhiteSpace(text[index]))
            {
                index++;
                continue;
            }

            var token = Next(text, index);
            tokens.Add(token);
            index += token.Written.Length;
        }

        tokens.Add(new Token(TokenKind.End, "", "", text.TrimEnd().Length));
        return tokens;
    }

    private static Token Next(string text, int index)
    {
        var first = text[index];
        return first switch
        {
            '(' => Sign(TokenKind.Open, text, index),
            ')' => Sign(TokenKind.Close, text, index),
            '[' => Sign(TokenKind.OpenList, text, index),
            ']' => Sign(TokenKind.CloseList, text, index),
            ',' => Sign(TokenKind.Comma, text, index),
            '"' or '\'' => Quoted(text, index),
            _ when SymbolCharacters.Contains(first) => Run(TokenKind.Symbol, text, index, SymbolCharacters.Contains),
            _ when IsWordCharacter(first) => Run(TokenKind.Word, text, index, IsWordCharacter),
            _ => Sign(TokenKind.Other, text, index),
        };
    }

    private static Token Sign(TokenKind kind, string text, int index)
    {
        var written = text.Substring(index, 1);
        return new Token(kind, written, written, index);
    }

    private static Token Run(TokenKind kind, string text, int index, Func<char, bool> belongs)
    {
        var end = index;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        var written = text[index..end];
        return new Token(kind, written, written, index);
    }

    // There are no escapes: a text with one kind of quote in it is written in the other.
    private static Token Quoted(string text, int index)
    {
        var end = text.IndexOf(text[index], index + 1);
        return end < 0
            ? new Token(TokenKind.Unfinished, text[(index + 1)..], text[index..], index)
            : new Token(TokenKind.Quoted, text[(index + 1)..end], text[index..(end + 1)], index);
    }

    // Surrogates too, so that a name beyond the basic plane stays whole.
    private static bool IsWordCharacter(char character) =>
        char.IsLetterOrDigit(character) || char.IsSurrogate(character) || character is '.' or '-' or '_' or '%' or '+' or ':' or '/';
}
