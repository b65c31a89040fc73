using System.Text;
using System.Text.Unicode;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;

namespace Grid.Server.Hosting;

/// <summary>The scheme files of a folder in the order of their names, or the shipped ones.</summary>
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

    /// <summary>Reads the files and compiles them, to find faults before the start.</summary>
    /// <exception cref="ConfigurationException">The files have faults; the message lists each with its place.</exception>
    public static IReadOnlyList<SchemeSource> ReadChecked(string? folder, Currency currency, InteractionKinds kinds)
    {
        var files = Read(folder);
        var compiled = RulebookFiles.Compile(files, currency, kinds);
        return compiled.Faults.Count == 0 ? files : throw new ConfigurationException(string.Join(Environment.NewLine, compiled.Faults));
    }

    /// <summary>Decodes a file. A file that is not UTF-8 cannot be passed on as text; the reader of schemes reports the place.</summary>
    private static SchemeSource Source(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (!Utf8.IsValid(bytes)) throw new ConfigurationException(string.Join(Environment.NewLine, SchemeFile.Read(file, bytes).Faults));
        return new SchemeSource(file, Encoding.UTF8.GetString(bytes));
    }
}
