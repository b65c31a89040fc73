namespace Grid.Grains.Populations;

/// <param name="Customers">Everyone under this rulebook.</param>
/// <param name="Layers">Of one scheme, lowest rank first.</param>
public sealed record RulebookCounts(int Rulebook, int Customers, IReadOnlyList<(string Layer, long Count)> Layers);
