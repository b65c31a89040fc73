using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>
/// Reads one YAML file of a rulebook: a scheme, an audience, rules of derived tags or of points; its keys determine which. It checks the shape, ids,
/// ranks and the grammar of comparisons; the compiler checks whether a metric exists and what it may be compared with.
/// </summary>
public static class SchemeFile
{
    /// <param name="fileName">Names the file in the places of faults; no file is opened.</param>
    public static SchemeFileResult Read(string fileName, string yaml)
    {
        var diagnostics = new DiagnosticBag(fileName);
        return Read(SourceText.Check(yaml, diagnostics), diagnostics);
    }

    /// <inheritdoc cref="Read(string, string)"/>
    /// <param name="yaml">UTF-8, with or without byte order mark.</param>
    public static SchemeFileResult Read(string fileName, ReadOnlySpan<byte> yaml)
    {
        var diagnostics = new DiagnosticBag(fileName);
        return Read(SourceText.Decode(yaml, diagnostics), diagnostics);
    }

    private static SchemeFileResult Read(string? text, DiagnosticBag diagnostics)
    {
        var root = text is null ? null : SourceTree.Read(text, diagnostics);
        if (root is null) return new SchemeFileResult(null, diagnostics.Faults, diagnostics.Warnings);
        var result = Has(root, "tags") ? new SchemeFileResult(null, [], []) { Tags = TagsReader.Read(root, diagnostics) }
            : Has(root, "points") ? new SchemeFileResult(null, [], []) { Points = PointsReader.Read(root, diagnostics) }
            : Has(root, "audience") ? new SchemeFileResult(AudienceReader.Read(root, diagnostics), [], [])
            : new SchemeFileResult(SchemeReader.Read(root, diagnostics), [], []);
        return diagnostics.Count == 0
            ? result with { Faults = [], Warnings = diagnostics.Warnings }
            : new SchemeFileResult(null, diagnostics.Faults, diagnostics.Warnings);
    }

    private static bool Has(SourceNode root, string key) =>
        root is SourceMapping mapping && mapping.Entries.Any(entry => entry.Key.Text == key);
}

/// <param name="Scheme">A scheme or an audience. Null when there are faults, and for a file of tags or points.</param>
/// <param name="Faults">All mistakes, in the order of the file.</param>
/// <param name="Warnings">Definitions that are allowed but probably not intended, such as two layers with one playbook.</param>
public sealed record SchemeFileResult(SchemeDefinition? Scheme, IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings)
{
    public IReadOnlyList<TagDefinition> Tags { get; init; } = [];

    public PointsDefinition? Points { get; init; }
}
