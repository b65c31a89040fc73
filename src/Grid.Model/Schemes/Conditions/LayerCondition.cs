using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Schemes.Conditions;

/// <summary>
/// <c>layer(lifecycle) = loyal</c>: compares the customer's layer in another scheme of the same rulebook, grace included. It reads the stored layer:
/// the other scheme is decided before the scheme of this condition, and a change of its layer decides this scheme again.
/// </summary>
/// <param name="position">Of the scheme among those of the rulebook.</param>
/// <param name="scheme">The scheme whose layer is compared.</param>
public sealed class LayerCondition(
    int position, SchemeDefinition scheme, IReadOnlyList<string> layers, IReadOnlyList<int> wanted, bool equal, string text)
    : NamedCondition(text, FactKinds.None)
{
    public SchemeDefinition Scheme => scheme;

    /// <summary>True: the layer must be one of <see cref="Wanted"/>. False: it must be none of them.</summary>
    public bool Equal => equal;

    public IEnumerable<string> Wanted => wanted.Select(layer => layers[layer]);

    public LocalizedText NameOf(string layer) => scheme.Layers.First(known => known.Id == layer).Name;

    /// <summary>The wanted layers, by index in the compared scheme.</summary>
    public IReadOnlyList<string> Layers => layers;

    /// <param name="layer">Its index, or one that no layer has.</param>
    public bool Holds(int layer) => wanted.Contains(layer) == equal;

    public override IEnumerable<int> Follows => [position];

    public override bool Holds(Customer customer, Instant now, Baseline baseline) =>
        position < customer.Layers.Length && wanted.Contains(customer.Layers[position].Layer) == equal;

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true) => Instant.Never;

    public override string? Actual(Customer customer, Instant now) =>
        position < customer.Layers.Length && customer.Layers[position].Layer is >= 0 and var layer ? layers[layer] : null;
}
