namespace Grid.Model.Customers;

/// <summary>A customer's layer in every scheme, small enough to keep in memory for the whole population.</summary>
/// <param name="Rulebook">Number of the rulebook it was last evaluated under.</param>
/// <param name="Layers">The layer in each scheme of that rulebook, in their order: a byte each, lowest rank first.</param>
public readonly record struct LayerAssignments(int Rulebook, byte[] Layers)
{
    public static LayerAssignments From(Customer customer)
    {
        var layers = new byte[customer.Layers.Length];
        for (var index = 0; index < layers.Length; index++) layers[index] = (byte)customer.Layers[index].Layer;
        return new LayerAssignments(customer.Rulebook, layers);
    }
}
