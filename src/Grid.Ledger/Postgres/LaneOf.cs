using Grid.Model.Customers;

namespace Grid.Ledger.Postgres;

/// <summary>
/// The lane of a customer. Stored pages depend on it: every build of every process must compute the same, or the changes of a customer would no
/// longer be in order.
/// </summary>
internal static class LaneOf
{
    /// <summary>FNV-1a over the UTF-16 units of the id, low byte first.</summary>
    public static int Customer(CustomerId customer, int lanes)
    {
        var hash = 2166136261u;
        foreach (var unit in customer.Value)
        {
            hash = (hash ^ (byte)unit) * 16777619u;
            hash = (hash ^ (byte)(unit >> 8)) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) % (uint)lanes);
    }
}
