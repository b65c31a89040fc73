using System.Text.RegularExpressions;

namespace Grid.Tests.House;

/// <summary>Which projects a project may reference, and which warnings a project file may disable.</summary>
internal static partial class ProjectRules
{
    // Model ← {Rulebooks, Ledger, Shop}; {Rulebooks, Ledger} ← Grains ← {Ingest, Delivery, Api} ← Server. A project may reference all that are below it.
    private static readonly Dictionary<string, string[]> Below = new()
    {
        ["Grid.Model"] = [],
        ["Grid.Rulebooks"] = ["Grid.Model"],
        ["Grid.Ledger"] = ["Grid.Model"],
        ["Grid.Shop"] = ["Grid.Model"],
        ["Grid.Grains"] = ["Grid.Model", "Grid.Rulebooks", "Grid.Ledger"],
        ["Grid.Ingest"] = ["Grid.Model", "Grid.Rulebooks", "Grid.Ledger", "Grid.Grains"],
        ["Grid.Delivery"] = ["Grid.Model", "Grid.Rulebooks", "Grid.Ledger", "Grid.Grains"],
        ["Grid.Api"] = ["Grid.Model", "Grid.Rulebooks", "Grid.Ledger", "Grid.Grains"],
        ["Grid.Server"] =
        [
            "Grid.Model", "Grid.Rulebooks", "Grid.Ledger", "Grid.Grains", "Grid.Ingest", "Grid.Delivery", "Grid.Api",
            "Grid.Shop", "Grid.Dashboard",
        ],
    };

    public static IEnumerable<Breach> References(SourceFile file)
    {
        if (!file.Path.StartsWith("src/") || file.Extension != ".csproj")
        {
            yield break;
        }

        var name = Path.GetFileNameWithoutExtension(file.Path);
        if (!Below.TryGetValue(name, out var below))
        {
            yield return file.Breach(1, $"{name} stands nowhere in the order of projects; fold it into a neighbour or give it a place.");
            yield break;
        }

        for (var i = 0; i < file.Lines.Length; i++)
        {
            foreach (Match match in Reference().Matches(file.Lines[i]))
            {
                var seen = match.Groups["name"].Value;
                if (!below.Contains(seen))
                {
                    yield return file.Breach(i + 1, $"{name} must not see {seen}; it stands above or beside.");
                }
            }
        }
    }

    public static IEnumerable<Breach> Suppressions(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length && file.Extension is ".csproj" or ".props" or ".targets"; i++)
        {
            if (file.Lines[i].Contains("<NoWarn") && !file.Lines[i].Contains("<!-- "))
            {
                yield return file.Breach(i + 1, "NoWarn without its reason; say why in a comment on the same line.");
            }
        }
    }

    [GeneratedRegex(
        @"<ProjectReference Include=""[^""]*?(?<name>[\w.]+)\.csproj""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
