using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the root of a scheme file.</summary>
internal static class SchemeReader
{
    private static readonly string[] Keys = ["id", "name", "description", "calendar", "baseline", "rfm", "grace", "minimumStay", "layers", "rules"];

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
        var layers = LayersReader.Read(fields, diagnostics);
        var rules = RulesReader.Read(fields, layers, diagnostics);
        return id is null || name is null || description is null || rules is null
            ? null
            : new SchemeDefinition(id.Text, name.Value, description.Value, calendar, rfm, layers, rules, id.Place)
            {
                Baseline = PolicyReader.Read(fields, id.Text, diagnostics),
                DowngradePolicy = hold,
            };
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
