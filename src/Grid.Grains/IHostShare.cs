using Grid.Model.Customers;

namespace Grid.Grains;

/// <summary>
/// Which part of the work that every process could do is this one's. While processes come and go two may do the same, which costs time and
/// changes nothing, or none for a moment, which the others notice and make up for.
/// </summary>
public interface IHostShare
{
    /// <summary>Whether work that one process does for all is this one's.</summary>
    bool Leads { get; }

    /// <summary>Whether it is for this process to wake a customer.</summary>
    bool Owns(CustomerId customer);
}

/// <summary>The only process does everything.</summary>
public sealed class WholeShare : IHostShare
{
    public bool Leads => true;

    public bool Owns(CustomerId customer) => true;
}
