using Grid.Model;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the files of one rulebook together, from their contents; opens no file.</summary>
public static class SchemeFolder
{
    /// <summary>The schemes come in the order of the files, audiences after all schemes, because they may name their layers.</summary>
    public static SchemeFolderResult Read(IEnumerable<(string Name, byte[] Yaml)> files)
    {
        List<SchemeDefinition> schemes = [];
        List<TagDefinition> tags = [];
        List<Diagnostic> diagnostics = [];
        List<Diagnostic> warnings = [];
        PointsDefinition? points = null;
        foreach (var (name, yaml) in files)
        {
            var result = SchemeFile.Read(name, yaml);
            diagnostics.AddRange(result.Faults);
            warnings.AddRange(result.Warnings);
            if (result.Scheme is { } scheme) Add(scheme, schemes, diagnostics);
            foreach (var tag in result.Tags) Add(tag, tags, diagnostics);
            if (result.Points is null) continue;
            if (points is not null)
                diagnostics.Add(new Diagnostic(
                    result.Points.Place,
                    $"积分规则已写在 {points.Place}；请放进同一个文件。",
                    $"Points are already given at {points.Place}; put all of them into one file."));
            points ??= result.Points;
        }

        schemes = [.. schemes.Where(scheme => !scheme.IsAudience), .. schemes.Where(scheme => scheme.IsAudience)];
        return new SchemeFolderResult(schemes, diagnostics, warnings) { Tags = tags, Points = points };
    }

    private static void Add(SchemeDefinition scheme, List<SchemeDefinition> schemes, List<Diagnostic> diagnostics)
    {
        if (schemes.Find(other => other.Id == scheme.Id) is { } first)
            diagnostics.Add(new Diagnostic(
                scheme.Place,
                $"方案“{scheme.Id}”已在 {first.Place} 定义；请给这一个换一个 id。",
                $"The scheme \"{scheme.Id}\" is already defined at {first.Place}; give this one another id."));
        else if (schemes.Count(other => other.IsAudience == scheme.IsAudience) == Limits.SchemesMax)
            diagnostics.Add(new Diagnostic(
                scheme.Place,
                $"一个规则集最多有 {Limits.SchemesMax} 个方案；请移除这个文件。",
                $"A rulebook has at most {Limits.SchemesMax} schemes; remove this file."));
        else
            schemes.Add(scheme);
    }

    private static void Add(TagDefinition tag, List<TagDefinition> tags, List<Diagnostic> diagnostics)
    {
        if (tags.Find(other => other.Tag == tag.Tag) is { } first)
            diagnostics.Add(new Diagnostic(
                tag.Place,
                $"标签“{tag.Tag}”已在 {first.Place} 有规则；请用 any 把两者合并。",
                $"The tag \"{tag.Tag}\" already has a rule at {first.Place}; join both with any."));
        else
            tags.Add(tag);
    }
}

/// <param name="Schemes">Those without faults, audiences last; publish them only when there are no faults at all.</param>
public sealed record SchemeFolderResult(
    IReadOnlyList<SchemeDefinition> Schemes, IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings)
{
    public IReadOnlyList<TagDefinition> Tags { get; init; } = [];

    public PointsDefinition? Points { get; init; }
}
