using System.Reflection;

namespace Grid.Model.Schemes.Shipped;

/// <summary>The schemes that come with the grid; a deployment replaces or adds to them through files of its own.</summary>
public static class ShippedSchemes
{
    private const string ResourceFolder = "schemes/";

    // The order in which operators see them.
    private static readonly string[] Names =
    [
        "journey", "lifecycle", "high-ticket", "funnel", "pyramid", "rfm8", "rfm8-bands", "rfm4", "value3", "frequency3", "spending-power",
        "groups4", "engagement", "level", "plan", "age-band", "gender", "city-tier", "income-band", "education", "retail-preference",
    ];

    public static IEnumerable<(string Name, byte[] Yaml)> Files() => Names.Select(name => ($"{name}.yaml", Read($"{name}.yaml")));

    private static byte[] Read(string file)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceFolder + file)
            ?? throw new InvalidOperationException($"The scheme {file} is not among the resources of this assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
