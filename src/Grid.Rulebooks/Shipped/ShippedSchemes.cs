using System.Reflection;

namespace Grid.Rulebooks.Shipped;

/// <summary>The rulebook that comes with the grid; a deployment replaces or adds to it through files of its own.</summary>
public static class ShippedSchemes
{
    private const string ResourceFolder = "schemes/";

    // The order in the dashboard.
    private static readonly string[] Names =
    [
        "journey", "lifecycle", "high-ticket", "funnel", "pyramid", "rfm8", "rfm8-bands", "rfm4", "value3", "frequency3", "spending-power",
        "groups4", "engagement", "level", "plan", "age-band", "gender", "city-tier", "income-band", "education", "retail-preference",
    ];

    // Files that are no schemes: the rules of derived tags and of points.
    private static readonly string[] Rules = ["tags", "points"];

    /// <summary>All files of the rulebook.</summary>
    public static IEnumerable<(string Name, byte[] Yaml)> Files() => Schemes().Concat(Rules.Select(Named));

    /// <summary>The schemes alone.</summary>
    public static IEnumerable<(string Name, byte[] Yaml)> Schemes() => Names.Select(Named);

    private static (string Name, byte[] Yaml) Named(string name) => ($"{name}.yaml", Read($"{name}.yaml"));

    private static byte[] Read(string file)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceFolder + file)
            ?? throw new InvalidOperationException($"The scheme {file} is not among the resources of this assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
