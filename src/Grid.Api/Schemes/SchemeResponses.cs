using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Explaining.Sentences;

namespace Grid.Api.Schemes;

/// <summary>The rulebook in force.</summary>
public sealed record SchemesResponse(int Rulebook, CurrencyView Currency, IReadOnlyList<SchemeView> Schemes);

/// <param name="MinorUnits">Decimals of the unit that amounts are given in.</param>
public sealed record CurrencyView(string Code, int MinorUnits);

/// <param name="Description">Written by hand; <paramref name="Rule"/> is what holds.</param>
/// <param name="Rule">How the scheme scores, counts days and delays, made from its file; empty for a scheme of conditions only.</param>
/// <param name="IsAudience">Whether it is a condition with the layers <c>out</c> and <c>in</c>.</param>
/// <param name="IsOrdered">Whether the layers have ranks; else a transition is a <c>change</c>.</param>
/// <param name="Layers">Lowest rank first.</param>
public sealed record SchemeView(
    string Id, NameView Name, NameView Description, NameView Rule, bool IsAudience, bool IsOrdered, IReadOnlyList<LayerDescription> Layers)
{
    internal static SchemeView From(Scheme scheme, Currency currency)
    {
        var definition = scheme.Definition;
        return new SchemeView(
            scheme.Id,
            NameView.From(definition.Name),
            NameView.From(definition.Description),
            NameView.From(SchemeSentence.Of(scheme)),
            definition.IsAudience,
            definition.IsOrdered,
            [.. definition.Layers.Select((layer, rank) =>
                new LayerDescription(
                    layer.Id,
                    rank,
                    NameView.From(layer.Name),
                    NameView.From(LayerSentence.Of(scheme, rank, currency)),
                    NameView.From(layer.Playbook),
                    layer.Lapsed,
                    GuidanceView.From(layer.Guidance)))]);
    }
}

/// <param name="Rule">Who is in the layer, made from its rules.</param>
/// <param name="Playbook">What to do for the customers of this layer.</param>
/// <param name="Lapsed">Whether the layer holds lapsed customers.</param>
/// <param name="Guidance">Null when the scheme gives none.</param>
public sealed record LayerDescription(
    string Id, int Rank, NameView Name, NameView Rule, NameView Playbook, bool Lapsed, GuidanceView? Guidance);

/// <summary>The intended share of a layer in customers and in revenue; null where the scheme gives none.</summary>
public sealed record GuidanceView(BandView? Customers, BandView? Revenue)
{
    internal static GuidanceView? From(LayerGuidance? guidance) =>
        guidance is null ? null : new GuidanceView(BandView.Create(guidance.Customers), BandView.Create(guidance.Revenue));
}

/// <summary>Shares from 0 to 1, both inside.</summary>
public sealed record BandView(double From, double To)
{
    internal static BandView? Create(ShareBand? band) => band is { } shares ? new BandView(shares.From / 1000d, shares.To / 1000d) : null;
}

public sealed record NameView(string Zh, string En)
{
    internal static NameView From(LocalizedText naming) => new(naming.Zh, naming.En);
}
