using Grid.Model.Customers;

namespace Grid.Ledger;

/// <summary>The order of ids that all stores share.</summary>
internal sealed class IdOrder : IComparer<CustomerId>
{
    public static readonly IdOrder Instance = new();

    public int Compare(CustomerId x, CustomerId y) => x.CompareTo(y);
}
