using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the root of a scheme file.</summary>
internal static class SchemeReader
{
    private static readonly string[] Keys =
    [
        "id", "name", "description", "calendar", "ordered", "baseline", "cutMargin", "rfm", "grace", "minimumStay", "layers", "rules",
    ];

    public static SchemeDefinition? Read(SourceNode root, DiagnosticBag diagnostics)
    {
        if (Fields.Read(root, "A scheme", "\"id: lifecycle\", \"name: …\", \"layers: …\", \"rules: …\"", Keys, diagnostics) is not { } fields)
        {
            return null;
        }

        var id = IdSyntax.Read(fields, "id: lifecycle", diagnostics);
        var name = fields.RequiredNaming("name", SchemeFileLimits.NameCharactersMax);
        var description = fields.RequiredNaming("description", SchemeFileLimits.ProseCharactersMax);
        var calendar = ReadCalendar(fields, diagnostics);
        var rfm = fields.Optional("rfm") is { } node ? RfmReader.Read(node, calendar is not null, diagnostics) : null;
        var hold = new DowngradePolicy(ReadSpan(fields, "grace", "grace: 7d", diagnostics), ReadSpan(fields, "minimumStay", "minimumStay: 30d", diagnostics));
        var ordered = ReadOrdered(fields, diagnostics);
        var layers = LayersReader.Read(fields, diagnostics);
        var rules = RulesReader.Read(fields, layers, diagnostics);
        return id is null || name is null || description is null || rules is null
            ? null
            : new SchemeDefinition(id.Text, name.Value, description.Value, calendar, rfm, layers, rules, id.Place)
            {
                Baseline = PolicyReader.Read(fields, id.Text, diagnostics),
                DowngradePolicy = hold,
                IsOrdered = ordered,

                // A report that needs the exact comparison of scores needs exact bounds as well.
                CutMargin = MarginReader.Read(fields, "cutMargin", rfm is { HighMargin: 0 } ? 0 : Margins.Default.Cut, diagnostics),
            };
    }

    /// <summary>Whether the layers have ranks; a scheme without them has no downgrades that could be delayed.</summary>
    private static bool ReadOrdered(Fields fields, DiagnosticBag diagnostics)
    {
        if (fields.OptionalText("ordered", "ordered: false", SchemeFileLimits.NameCharactersMax) is not { } written) return true;
        if (written.Text is not ("true" or "false"))
        {
            diagnostics.Add(
                written.Place,
                $"“ordered”只能是 true 或 false，而不是“{written.Text}”。",
                $"\"ordered\" is true or false, not \"{written.Text}\".");
        }

        if (written.Text != "false") return true;
        foreach (var name in new[] { "grace", "minimumStay" })
        {
            if (fields.Optional(name) is not { } delay) continue;
            diagnostics.Add(
                delay.Place,
                $"“{name}”推迟降级，而“ordered: false”的方案没有高低，也就没有降级；请删除其中一个。",
                $"\"{name}\" delays downgrades, but a scheme with \"ordered: false\" has no ranks and so none; remove one of the two.");
        }

        return false;
    }

    private static long ReadSpan(Fields fields, string name, string example, DiagnosticBag diagnostics)
    {
        if (fields.OptionalText(name, example, SchemeFileLimits.NameCharactersMax) is not { } span) return 0;
        if (WindowSyntax.Milliseconds(span.Text) is { } length) return length;
        diagnostics.Add(
            span.Place,
            $"“{name}”是一段时长，例如 7d 或 12h，不能写“{span.Text}”。",
            $"\"{name}\" is a length of time such as 7d or 12h, not \"{span.Text}\".");
        return 0;
    }

    internal static string? ReadCalendar(Fields fields, DiagnosticBag diagnostics) =>
        fields.OptionalText("calendar", "calendar: Asia/Shanghai", SchemeFileLimits.NameCharactersMax) is { } zone
            ? TimeZoneSyntax.Read(zone, diagnostics)
            : null;
}
