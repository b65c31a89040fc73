namespace Grid.Grains.Partitions;

/// <summary>Customers of one rulebook, counted per layer of one scheme.</summary>
/// <param name="Customers">Everyone under this rulebook.</param>
/// <param name="Layers">Of the scheme, lowest rank first.</param>
[GenerateSerializer, Immutable, Alias("grid.rulebook-counts")]
public sealed record RulebookCounts(
    [property: Id(0)] int Rulebook, [property: Id(1)] int Customers, [property: Id(2)] IReadOnlyList<LayerTotal> Layers);

/// <summary>How many customers are in a layer.</summary>
[GenerateSerializer, Immutable, Alias("grid.layer-total")]
public sealed record LayerTotal([property: Id(0)] string Layer, [property: Id(1)] long Count);
