using System.Security.Cryptography;
using System.Text;
using Grid.Model;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;

namespace Grid.Grains.Rules;

/// <summary>From the files of a publication to what customers are evaluated by.</summary>
public static class RulebookFiles
{
    /// <param name="kinds">Null: what is in force stays so, also when the mapping of events has changed since.</param>
    public static RulebookResult Compile(IReadOnlyList<SchemeSource> files, Currency currency, InteractionKinds? kinds = null) =>
        CompiledRulebooks.GetOrCompile(
            KeyOf(files),
            currency,
            kinds is null ? "checked" : "checked for " + string.Join(',', kinds.Names),
            () => RulebookCompiler.Compile(Read(files), currency, kinds?.Names));

    /// <summary>The same of a publication that is stored already, also by an earlier build.</summary>
    public static RulebookResult CompileStored(IReadOnlyList<SchemeSource> files, Currency currency) =>
        CompiledRulebooks.GetOrCompile(KeyOf(files), currency, "stored", () => RulebookCompiler.CompileStored(Read(files), currency));

    /// <summary>The same for the same files.</summary>
    public static string KeyOf(IReadOnlyList<SchemeSource> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.File.Length}:{file.File}{file.Yaml.Length}:"));
            hash.AppendData(Encoding.UTF8.GetBytes(file.Yaml));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static SchemeFolderResult Read(IReadOnlyList<SchemeSource> files) =>
        SchemeFolder.Read(files.Select(file => (file.File, Encoding.UTF8.GetBytes(file.Yaml))));
}

/// <summary>The kinds of interaction that the mapping of events gives; rules that ask for others would never hold.</summary>
public sealed record InteractionKinds(IReadOnlyCollection<string> Names);
