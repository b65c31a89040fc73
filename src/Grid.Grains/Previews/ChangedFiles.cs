using Grid.Grains.Rules;
using Grid.Rulebooks.Reading;

namespace Grid.Grains.Previews;

/// <summary>The schemes whose definitions differ between two sets of files.</summary>
internal sealed class ChangedFiles
{
    private readonly (Dictionary<string, string> Schemes, List<string> Others) _before;
    private readonly (Dictionary<string, string> Schemes, List<string> Others) _after;

    public ChangedFiles(IReadOnlyList<SchemeSource> before, IReadOnlyList<SchemeSource> after)
    {
        (_before, _after) = (Split(before), Split(after));
        HasOthers = !_before.Others.SequenceEqual(_after.Others);
    }

    /// <summary>Whether rules of tags or points differ; any scheme may read these.</summary>
    private bool HasOthers { get; }

    public bool Has(string scheme) =>
        HasOthers || !_before.Schemes.TryGetValue(scheme, out var was) || !_after.Schemes.TryGetValue(scheme, out var text) || was != text;

    private static (Dictionary<string, string> Schemes, List<string> Others) Split(IReadOnlyList<SchemeSource> files)
    {
        var schemes = new Dictionary<string, string>();
        var others = new List<string>();
        foreach (var file in files)
        {
            if (SchemeFile.Read(file.File, file.Yaml).Scheme is { } scheme) schemes[scheme.Id] = file.Yaml;
            else others.Add(file.Yaml);
        }

        return (schemes, others);
    }
}
