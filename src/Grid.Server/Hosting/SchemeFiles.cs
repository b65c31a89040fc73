using System.Text;
using Grid.Grains.Rulebooks;
using Grid.Model.Schemes.Shipped;

namespace Grid.Server.Hosting;

/// <summary>The scheme files of a folder in the order of their names, or those shipped.</summary>
internal static class SchemeFiles
{
    public static IReadOnlyList<SchemeSource> Read(string? folder)
    {
        if (folder is null) return [.. ShippedSchemes.Files().Select(file => new SchemeSource(file.Name, Encoding.UTF8.GetString(file.Yaml)))];
        return
        [
            .. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Order(StringComparer.Ordinal)
                .Select(file => new SchemeSource(file, File.ReadAllText(file, StrictUtf8))),
        ];
    }

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
}
