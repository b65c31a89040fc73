using System.Text.RegularExpressions;

namespace Grid.Tests.House;

/// <summary>Paths that a document names must exist.</summary>
internal static partial class ReadmeRules
{
    /// <param name="exists">Whether a path from the root of the repository leads to a file or folder.</param>
    public static IEnumerable<Breach> NamedPaths(SourceFile readme, Func<string, bool> exists)
    {
        for (var i = 0; i < readme.Lines.Length; i++)
        {
            foreach (Match match in NamedPath().Matches(readme.Lines[i]))
            {
                var path = match.Groups["path"].Value.TrimEnd('.', '/');
                if (!exists(path))
                {
                    yield return readme.Breach(i + 1, $"\"{path}\" does not exist; mend or remove it.");
                }
            }
        }
    }

    // Links to files, and any text that begins with a folder of ours.
    [GeneratedRegex(
        @"\]\((?!https?:|#)(?<path>[^)#\s]+)|(?<![\w./-])(?<path>(src|tests|deploy|\.ci)/[\w./-]*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedPath();
}
