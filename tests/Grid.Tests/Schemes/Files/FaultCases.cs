using Xunit;

namespace Grid.Tests.Schemes.Files;

/// <summary>Reads the cases of a test from text in which a mistake is followed by its message.</summary>
internal static class FaultCases
{
    /// <summary>
    /// Pairs of lines: a comparison, and below it a caret at the column of the fault, followed by the message. A line that begins
    /// with <c>:</c> continues the message.
    /// </summary>
    /// <returns>Comparison, column in the comparison from 0, message.</returns>
    public static TheoryData<string, int, string> WithCarets(string text)
    {
        TheoryData<string, int, string> cases = [];
        var lines = Lines(text);
        for (var i = 0; i + 1 < lines.Count; i += 2)
        {
            var caret = lines[i + 1].IndexOf('^', StringComparison.Ordinal);
            cases.Add(lines[i], caret, lines[i + 1][(caret + 2)..]);
        }

        return cases;
    }

    /// <summary>
    /// <c>5| text</c> replaces line 5 of the valid scheme, <c>| text</c> adds a line to the replacement, <c>=&gt; 5:3: message</c> is a
    /// fault, and a line that begins with <c>:</c> continues the message.
    /// </summary>
    /// <returns>Line, replacement, faults joined by line breaks.</returns>
    public static TheoryData<int, string, string> WithPlaces(string text)
    {
        TheoryData<int, string, string> cases = [];
        var (line, replacement, faults) = (0, "", "");
        foreach (var written in Lines(text).Append("0|"))
        {
            if (written.StartsWith("=> ", StringComparison.Ordinal))
            {
                faults += $"{(faults.Length == 0 ? "" : "\n")}{SchemeText.FileName}:{written[3..]}";
            }
            else if (written.StartsWith('|'))
            {
                replacement += $"\n{written[2..]}";
            }
            else
            {
                if (line > 0)
                {
                    cases.Add(line, replacement, faults);
                }

                var bar = written.IndexOf('|', StringComparison.Ordinal);
                (line, replacement, faults) = (int.Parse(written[..bar]), written.Length > bar + 1 ? written[(bar + 2)..] : "", "");
            }
        }

        return cases;
    }

    private static List<string> Lines(string text)
    {
        List<string> lines = [];
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(": ", StringComparison.Ordinal))
            {
                lines[^1] += line[1..];
            }
            else if (line.Trim().Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines;
    }
}
