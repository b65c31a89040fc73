using System.Text;
using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Files;

namespace Grid.Grains.Rulebooks;

/// <summary>From the files of a publication to what customers are evaluated by.</summary>
public static class RulebookFiles
{
    public static RulebookResult Compile(IReadOnlyList<SchemeSource> files, Currency currency) =>
        RulebookCompiler.Compile(SchemeFolder.Read(files.Select(file => (file.File, Encoding.UTF8.GetBytes(file.Yaml)))), currency);
}
