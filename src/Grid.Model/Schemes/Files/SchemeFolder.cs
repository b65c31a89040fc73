using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Schemes.Files;

/// <summary>Reads the files of one rulebook together. The caller does the input and output.</summary>
public static class SchemeFolder
{
    /// <summary>The schemes come in the order of the files.</summary>
    public static SchemeFolderResult Read(IEnumerable<(string Name, byte[] Yaml)> files)
    {
        List<SchemeDefinition> schemes = [];
        List<Fault> faults = [];
        List<Fault> warnings = [];
        Dictionary<string, Place> seen = [];
        foreach (var (name, yaml) in files)
        {
            if (schemes.Count == Limits.SchemesMax)
            {
                faults.Add(new Fault(new Place(name, 1, 1), $"A rulebook has at most {Limits.SchemesMax} schemes; remove this file."));
                break;
            }

            var result = SchemeFile.Read(name, yaml);
            faults.AddRange(result.Faults);
            warnings.AddRange(result.Warnings);
            if (result.Scheme is not { } scheme)
            {
                continue;
            }

            if (seen.TryGetValue(scheme.Id, out var first))
            {
                faults.Add(new Fault(scheme.Place, $"The scheme \"{scheme.Id}\" is already defined at {first}; give this one another id."));
            }
            else
            {
                seen.Add(scheme.Id, scheme.Place);
                schemes.Add(scheme);
            }
        }

        return new SchemeFolderResult(schemes, faults, warnings);
    }
}

/// <param name="Schemes">Those without faults; publish them only when there are no faults at all.</param>
public sealed record SchemeFolderResult(
    IReadOnlyList<SchemeDefinition> Schemes, IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Warnings);
