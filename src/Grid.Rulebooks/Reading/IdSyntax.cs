using Grid.Model;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>The id of a scheme or layer: lower-case words of letters and digits, joined by hyphens.</summary>
internal static class IdSyntax
{
    public static SourceScalar? Read(Fields fields, string example, DiagnosticBag diagnostics) => Read(fields, "id", example, diagnostics);

    public static SourceScalar? Read(Fields fields, string key, string example, DiagnosticBag diagnostics)
    {
        if (fields.RequiredText(key, example, Limits.NameBytesMax) is not { } id)
        {
            return null;
        }

        if (!IsWellFormed(id.Text))
        {
            diagnostics.Add(
                id.Place,
                $"“{id.Text}”不能作 id；请用小写字母和数字，单词之间用连字符，例如 high-value。",
                $"\"{id.Text}\" is no id; write lower-case letters and digits in words joined by hyphens, such as high-value.");
            return null;
        }

        return id;
    }

    private static bool IsWellFormed(string text)
    {
        var afterLetter = false;
        foreach (var character in text)
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
            {
                afterLetter = true;
            }
            else if (character == '-' && afterLetter)
            {
                afterLetter = false;
            }
            else
            {
                return false;
            }
        }

        return afterLetter;
    }
}
