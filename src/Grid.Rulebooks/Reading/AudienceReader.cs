using Grid.Model.Baselines;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Comparisons;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads an audience: one condition, which divides all customers into those outside and those inside.</summary>
internal static class AudienceReader
{
    private static readonly string[] Keys = ["audience", "name", "description", "calendar", "cutMargin", "when"];
    private static readonly LocalizedText None = new(string.Empty, string.Empty);

    public static SchemeDefinition? Read(SourceNode root, DiagnosticBag diagnostics)
    {
        if (Fields.Read(root, "An audience", "\"audience: lapsing-vips\", \"name: …\", \"when: …\"", Keys, diagnostics) is not { } fields) return null;
        var id = IdSyntax.Read(fields, "audience", "audience: lapsing-vips", diagnostics);
        var name = fields.RequiredNaming("name", SchemeFileLimits.NameCharactersMax);
        var description = fields.Optional("description") is null
            ? None
            : fields.RequiredNaming("description", SchemeFileLimits.ProseCharactersMax);
        var calendar = SchemeReader.ReadCalendar(fields, diagnostics);
        var margin = MarginReader.Read(fields, "cutMargin", Margins.Default.Cut, diagnostics);
        var node = fields.Required("when", "when: { all: [layer(lifecycle) = loyal, tags has vip] }");
        var when = node is null ? null : new ConditionReader(diagnostics).Read(node);
        if (id is null || name is null || description is null || when is null) return null;

        LayerDefinition[] layers =
        [
            new("out", new LocalizedText("人群外", "Outside"), None, id.Place),
            new("in", new LocalizedText("人群内", "Inside"), None, id.Place),
        ];
        RuleDefinition[] rules = [new("in", when, node!.Place), new("out", null, node.Place)];
        return new SchemeDefinition(id.Text, name.Value, description.Value, calendar, null, layers, rules, id.Place)
        {
            IsAudience = true,
            CutMargin = margin,
        };
    }
}
