using System.Text;
using Grid.Rulebooks.Shipped;

namespace Grid.Testing;

/// <summary>
/// The shipped schemes without margins: their cut-offs depend on the population of one instant only, and not on the baselines before it.
/// </summary>
internal static class ExactSchemes
{
    public static IEnumerable<(string Name, string Yaml)> Files() => ShippedSchemes.Files().Select(file => (file.Name, Encoding.UTF8.GetString(file.Yaml)
        .Replace("  scores: rank\n", "  scores: rank\n  highMargin: 0\n", StringComparison.Ordinal)
        .Replace("\nlayers:\n", "\ncutMargin: 0\nlayers:\n", StringComparison.Ordinal)
        .Replace("\ntags:\n", "\ncutMargin: 0\ntags:\n", StringComparison.Ordinal)));

    /// <summary>Writes them to a new folder inside another one, and returns its path.</summary>
    public static string Write(string folder)
    {
        var schemes = Directory.CreateDirectory(Path.Combine(folder, "exact-schemes")).FullName;
        foreach (var (name, yaml) in Files()) File.WriteAllText(Path.Combine(schemes, name), yaml);
        return schemes;
    }
}
