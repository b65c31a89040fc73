namespace Grid.Tests.House;

/// <summary>Limits for files and lines, and forbidden names of folders.</summary>
internal static class LayoutRules
{
    public const int FileLinesMax = 300;
    public const int LineCharactersMax = 160;
    public const int ProgramLinesMax = 80;

    // Prose and data have no limit of lines; code and scripts have.
    private static readonly string[] Code =
        [".cs", ".csproj", ".props", ".targets", ".yaml", ".yml", ".sql", ".sh", ".ts", ".tsx", ".js", ".mjs", ".css", ".html"];

    private static readonly string[] Catchalls = ["Helpers", "Utils", "Utilities", "Extensions", "Common", "Shared", "Misc"];

    public static IEnumerable<Breach> FileLength(SourceFile file)
    {
        var linesMax = file.Name == "Program.cs" ? ProgramLinesMax : FileLinesMax;
        if (Code.Contains(file.Extension) && file.Lines.Length > linesMax)
        {
            yield return file.Breach(
                linesMax + 1, $"The file has {file.Lines.Length} lines, at most {linesMax} are allowed; split it by noun.");
        }
    }

    public static IEnumerable<Breach> LineLength(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length && Code.Contains(file.Extension); i++)
        {
            var characters = file.Lines[i].TrimEnd('\r').Length;
            if (characters > LineCharactersMax)
            {
                yield return file.Breach(
                    i + 1, $"The line has {characters} characters, at most {LineCharactersMax} are allowed; break it.");
            }
        }
    }

    public static IEnumerable<Breach> FolderNames(SourceFile file)
    {
        foreach (var folder in file.Path.Split('/').SkipLast(1))
        {
            if (Catchalls.Contains(folder, StringComparer.OrdinalIgnoreCase))
            {
                yield return file.Breach(1, $"The folder {folder} could hold anything; name it by its noun.");
            }
        }
    }
}
