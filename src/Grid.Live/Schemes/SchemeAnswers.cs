using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;

namespace Grid.Live.Schemes;

/// <summary>The rulebook in force.</summary>
public sealed record SchemesAnswer(int Rulebook, CurrencyView Currency, IReadOnlyList<SchemeView> Schemes);

/// <param name="MinorUnits">Decimals of the unit that amounts are given in.</param>
public sealed record CurrencyView(string Code, int MinorUnits);

/// <param name="Layers">Lowest rank first.</param>
public sealed record SchemeView(string Id, NameView Name, NameView Description, IReadOnlyList<LayerDescription> Layers)
{
    internal static SchemeView Of(Scheme scheme)
    {
        var definition = scheme.Definition;
        return new SchemeView(
            scheme.Id,
            NameView.Of(definition.Name),
            NameView.Of(definition.Description),
            [.. definition.Layers.Select((layer, rank) =>
                new LayerDescription(layer.Id, rank, NameView.Of(layer.Name), NameView.Of(layer.Playbook)))]);
    }
}

/// <param name="Playbook">What to do for the customers of this layer.</param>
public sealed record LayerDescription(string Id, int Rank, NameView Name, NameView Playbook);

public sealed record NameView(string Zh, string En)
{
    internal static NameView Of(Naming naming) => new(naming.Zh, naming.En);
}
