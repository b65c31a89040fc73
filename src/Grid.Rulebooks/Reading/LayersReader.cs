using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the layers of a scheme, lowest rank first.</summary>
internal static class LayersReader
{
    private const string Example = "layers: [{ id: lost, name: { zh: …, en: … }, playbook: { zh: …, en: … } }]";
    private static readonly string[] Keys = ["id", "name", "playbook", "guidance", "lapsed"];

    /// <summary>The layers that were read, including those with a mistake in name or playbook, because rules may refer to them.</summary>
    public static IReadOnlyList<LayerDefinition> Read(Fields scheme, DiagnosticBag diagnostics)
    {
        if (scheme.RequiredList("layers", Example) is not { } items)
        {
            return [];
        }

        List<LayerDefinition> layers = [];
        foreach (var item in items)
        {
            if (layers.Count == Limits.LayersMax)
            {
                diagnostics.Add(
                    item.Place,
                    $"一个方案最多有 {Limits.LayersMax} 个层级；请删除从这里开始的。",
                    $"A scheme has at most {Limits.LayersMax} layers; remove those from here on.");
                break;
            }

            if (ReadOne(item, layers, diagnostics) is { } layer)
            {
                WarnOfTwins(layer, layers, diagnostics);
                layers.Add(layer);
            }
        }

        if (items.Count == 1)
        {
            diagnostics.Warn(
                items[0].Place,
                "只有一个层级，所有用户都在里面，等于没有分层；请再加一个。",
                "The only layer holds every customer and divides nobody; add another.");
        }

        return layers;
    }

    private static LayerDefinition? ReadOne(SourceNode item, List<LayerDefinition> above, DiagnosticBag diagnostics)
    {
        if (Fields.Read(item, "A layer", "{ id: lost, name: …, playbook: … }", Keys, diagnostics) is not { } fields)
        {
            return null;
        }

        var id = IdSyntax.Read(fields, "id: lost", diagnostics);
        var name = fields.RequiredNaming("name", SchemeFileLimits.NameCharactersMax);
        var playbook = fields.RequiredNaming("playbook", SchemeFileLimits.ProseCharactersMax);
        var guidance = GuidanceReader.Read(fields, diagnostics);
        var lapsed = GuidanceReader.ReadLapsed(fields, diagnostics);
        if (id is null)
        {
            return null;
        }

        if (above.Find(layer => layer.Id == id.Text) is { } first)
        {
            diagnostics.Add(
                id.Place,
                $"层级“{id.Text}”已在第 {first.Place.Line} 行定义；请给这一个换一个 id。",
                $"The layer \"{id.Text}\" is already defined in line {first.Place.Line}; give this one another id.");
            return null;
        }

        return new LayerDefinition(id.Text, name ?? default, playbook ?? default, id.Place) { Guidance = guidance, Lapsed = lapsed };
    }

    private static void WarnOfTwins(LayerDefinition layer, List<LayerDefinition> above, DiagnosticBag diagnostics)
    {
        var sameName = above.Find(other => Same(other.Name, layer.Name));
        if (sameName is not null)
        {
            diagnostics.Warn(
                layer.Place,
                $"层级“{sameName.Id}”和“{layer.Id}”的名称一样，运营无法区分；请改其中一个。",
                $"Operators see one name for the layers \"{sameName.Id}\" and \"{layer.Id}\"; tell them apart.");
        }

        var samePlaybook = above.Find(other => Same(other.Playbook, layer.Playbook));
        if (samePlaybook is not null)
        {
            diagnostics.Warn(
                layer.Place,
                $"层级“{samePlaybook.Id}”和“{layer.Id}”的运营动作一样；分层是为了区别运营，请合并它们，或写明有什么不同。",
                $"The layers \"{samePlaybook.Id}\" and \"{layer.Id}\" have one playbook; a layer exists to be acted on, so join them "
                + "or say what is done differently.");
        }
    }

    private static bool Same(LocalizedText left, LocalizedText right) => left.Zh is not null && (left.Zh == right.Zh || left.En == right.En);
}
