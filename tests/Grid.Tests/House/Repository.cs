namespace Grid.Tests.House;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    // Folders that builds and package managers create; none of them is in version control.
    private static readonly string[] Generated =
        [".git", "artifacts", "bin", "obj", "node_modules", "wwwroot", "dist", "data", "TestResults", ".vs", ".idea"];

    private static readonly string[] TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".yaml", ".yml", ".json", ".sql", ".sh", ".txt",
        ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".service", ".conf", ".toml", ".editorconfig", ".gitignore", "",
    ];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. Walk(Root).Where(IsText).Select(Read).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    private static bool IsText(string path) => TextExtensions.Contains(Path.GetExtension(path));

    private static SourceFile Read(string path) => new(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateDirectories(folder)
            .Where(inner => !Generated.Contains(Path.GetFileName(inner)))
            .SelectMany(Walk)
            .Concat(Directory.EnumerateFiles(folder));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Grid.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Grid.sln.");
    }
}
