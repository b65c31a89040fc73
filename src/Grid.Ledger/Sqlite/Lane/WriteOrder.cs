using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>The customers of a generation in the order of both tables, so that each of their pages is written once.</summary>
/// <param name="Rows">By id.</param>
/// <param name="Heads">By partition, then by id.</param>
internal sealed record WriteOrder(CustomerId[] Rows, (byte Partition, CustomerId Customer)[] Heads)
{
    public static WriteOrder Of(Generation generation)
    {
        var ids = generation.Rows.Select(pair => pair.Key).ToArray();
        Array.Sort(ids, IdOrder.Instance);
        var partitions = new byte[ids.Length];
        var starts = new int[PartitionOf.Count + 1];
        for (var index = 0; index < ids.Length; index++)
        {
            partitions[index] = (byte)PartitionOf.Customer(ids[index]);
            starts[partitions[index] + 1]++;
        }

        for (var partition = 0; partition < PartitionOf.Count; partition++) starts[partition + 1] += starts[partition];
        var heads = new (byte, CustomerId)[ids.Length];
        for (var index = 0; index < ids.Length; index++) heads[starts[partitions[index]]++] = (partitions[index], ids[index]);
        return new WriteOrder(ids, heads);
    }
}
