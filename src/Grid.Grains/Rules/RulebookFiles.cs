using System.Security.Cryptography;
using System.Text;
using Grid.Model;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;

namespace Grid.Grains.Rules;

/// <summary>Compiles the files of a publication into a rulebook.</summary>
public static class RulebookFiles
{
    /// <param name="kinds">
    /// The kinds of interaction that the event mapping gives; null: not checked, so that a rulebook in force stays valid when the mapping changes.
    /// </param>
    public static RulebookResult Compile(IReadOnlyList<SchemeSource> files, Currency currency, InteractionKinds? kinds = null) =>
        CompiledRulebooks.GetOrCompile(
            KeyOf(files),
            currency,
            kinds is null ? "checked" : "checked for " + string.Join(',', kinds.Names),
            () => RulebookCompiler.Compile(Read(files), currency, kinds?.Names));

    /// <summary>Compiles the files of a stored publication, perhaps of an earlier build.</summary>
    /// <param name="language">The <see cref="ConditionLanguage"/> that the publication carries.</param>
    public static RulebookResult CompileStored(IReadOnlyList<SchemeSource> files, Currency currency, int language) =>
        CompiledRulebooks.GetOrCompile(
            KeyOf(files), currency, $"stored in language {language}", () => RulebookCompiler.CompileStored(Read(files), currency, language));

    /// <summary>A key of the files' names and contents: equal files have equal keys.</summary>
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

/// <summary>The kinds of interaction that the event mapping gives; a rule that reads another kind would never hold.</summary>
public sealed record InteractionKinds(IReadOnlyCollection<string> Names);
