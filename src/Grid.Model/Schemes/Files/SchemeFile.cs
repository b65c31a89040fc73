using Grid.Model.Schemes.Definitions;
using Grid.Model.Schemes.Files.Sources;

namespace Grid.Model.Schemes.Files;

/// <summary>
/// Reads the YAML of one scheme: its shape, ids, ranks and the grammar of its comparisons. Whether a metric exists and what it may be
/// compared with is for the compiler to say.
/// </summary>
public static class SchemeFile
{
    /// <param name="fileName">Appears in the places of faults; nothing is opened.</param>
    public static SchemeFileResult Read(string fileName, string yaml)
    {
        var faults = new FaultLog(fileName);
        return Read(SourceText.Check(yaml, faults), faults);
    }

    /// <inheritdoc cref="Read(string, string)"/>
    /// <param name="yaml">UTF-8, with or without byte order mark.</param>
    public static SchemeFileResult Read(string fileName, ReadOnlySpan<byte> yaml)
    {
        var faults = new FaultLog(fileName);
        return Read(SourceText.Decode(yaml, faults), faults);
    }

    private static SchemeFileResult Read(string? text, FaultLog faults)
    {
        var root = text is null ? null : SourceTree.Read(text, faults);
        var scheme = root is null ? null : SchemeReader.Read(root, faults);
        return new SchemeFileResult(faults.Count == 0 ? scheme : null, faults.Faults, faults.Warnings);
    }
}

/// <param name="Scheme">Null exactly when there are faults.</param>
/// <param name="Faults">Everything that is wrong, in the order of the file.</param>
/// <param name="Warnings">What is allowed but hardly meant, such as two layers with one playbook.</param>
public sealed record SchemeFileResult(SchemeDefinition? Scheme, IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Warnings);
