using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Grid.Rulebooks.Reading.Sources;

/// <summary>The text of a file before it is YAML: its encoding, size and characters.</summary>
internal static class SourceText
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The text without its byte order mark, or null with the faults logged.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        if (bytes.Length > SchemeFileLimits.FileBytesMax)
        {
            TooLarge(diagnostics);
            return null;
        }

        var characters = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false);
        if (status == OperationStatus.Done)
        {
            return Check(new string(characters, 0, written), diagnostics);
        }

        var (line, column) = PlaceOf(characters.AsSpan(0, written));
        diagnostics.Add(
            diagnostics.At(line, column),
            $"字节 0x{bytes[read]:X2} 不是 UTF-8；请把文件存为 UTF-8 编码。",
            $"The byte 0x{bytes[read]:X2} is not UTF-8; save the file as UTF-8.");
        return null;
    }

    /// <inheritdoc cref="Decode"/>
    public static string? Check(string text, DiagnosticBag diagnostics)
    {
        if (text.Length > SchemeFileLimits.FileBytesMax || Encoding.UTF8.GetByteCount(text) > SchemeFileLimits.FileBytesMax)
        {
            TooLarge(diagnostics);
            return null;
        }

        var before = diagnostics.Count;
        var source = text.StartsWith(ByteOrderMark) ? text[1..] : text;
        CheckCharacters(source, diagnostics);
        return diagnostics.Count == before ? source : null;
    }

    // The YAML parser treats NUL as the end of the file and counts rare line breaks that no editor counts, so both are refused here.
    private static void CheckCharacters(string text, DiagnosticBag diagnostics)
    {
        var (line, column, indenting) = (1, 1, true);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                (line, column, indenting) = (line + 1, 1, true);
                continue;
            }

            if (character == '\t' && indenting)
            {
                diagnostics.Add(
                    diagnostics.At(line, column),
                    "不能用制表符缩进；请用空格。",
                    "A tab cannot indent; use spaces.");
                indenting = false;
            }
            else if (IsForbidden(text, i))
            {
                diagnostics.Add(
                    diagnostics.At(line, column),
                    $"方案文件里不能有字符 U+{(int)character:X4}；请删除。",
                    $"The character U+{(int)character:X4} has no place in a scheme file; remove it.");
            }

            indenting = indenting && character == ' ';
            column++;
        }
    }

    private static bool IsForbidden(string text, int index)
    {
        var character = text[index];
        return character switch
        {
            '\t' => false,
            '\r' => index + 1 == text.Length || text[index + 1] != '\n',
            '\u2028' or '\u2029' or ByteOrderMark => true,
            _ when char.IsHighSurrogate(character) => index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]),
            _ when char.IsLowSurrogate(character) => index == 0 || !char.IsHighSurrogate(text[index - 1]),
            _ => char.IsControl(character),
        };
    }

    private static (int Line, int Column) PlaceOf(ReadOnlySpan<char> before)
    {
        var text = before.StartsWith(stackalloc char[] { ByteOrderMark }) ? before[1..] : before;
        return (1 + text.Count('\n'), text.Length - text.LastIndexOf('\n'));
    }

    private static void TooLarge(DiagnosticBag diagnostics) =>
        diagnostics.Add(
            diagnostics.At(1, 1),
            $"文件超过 {SchemeFileLimits.FileBytesMax / 1024} KiB；一个方案只有一两页，一个文件写一个方案。",
            $"The file is larger than {SchemeFileLimits.FileBytesMax / 1024} KiB; a scheme is a page or two, one scheme a file.");
}
