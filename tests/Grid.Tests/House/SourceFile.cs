namespace Grid.Tests.House;

/// <param name="Path">From the root of the repository, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

    public string Extension => System.IO.Path.GetExtension(Path);

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsCSharp => Extension == ".cs";

    public Breach Breach(int line, string message) => new(Path, line, message);
}

/// <summary>A place where the house rules do not hold, and what to do there.</summary>
internal sealed record Breach(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}:{Line}: {Message}";
}
