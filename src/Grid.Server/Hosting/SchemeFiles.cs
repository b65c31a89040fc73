using System.Text;
using System.Text.Unicode;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;

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
                .Select(Source),
        ];
    }

    /// <summary>The same, compiled to see that they can be published.</summary>
    /// <exception cref="ConfigurationException">They have faults; the message names each with its place.</exception>
    public static IReadOnlyList<SchemeSource> ReadChecked(string? folder, Currency currency, InteractionKinds kinds)
    {
        var files = Read(folder);
        var compiled = RulebookFiles.Compile(files, currency, kinds);
        return compiled.Faults.Count == 0 ? files : throw new ConfigurationException(string.Join(Environment.NewLine, compiled.Faults));
    }

    /// <summary>What is not UTF-8 cannot be handed on as text; the reader of schemes says where it goes wrong.</summary>
    private static SchemeSource Source(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (!Utf8.IsValid(bytes)) throw new ConfigurationException(string.Join(Environment.NewLine, SchemeFile.Read(file, bytes).Faults));
        return new SchemeSource(file, Encoding.UTF8.GetString(bytes));
    }
}
