using Grid.Ledger.Log;
using Grid.Model.Bytes;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>The customers of a generation in the order of both tables, with their heads, so that each page of a table is written once.</summary>
/// <param name="Rows">By id.</param>
/// <param name="Heads">By partition, then by id.</param>
/// <param name="Damaged">Customers whose row is damaged, so that their deltas cannot be folded onto it. They are in neither list.</param>
internal sealed record WriteOrder(CustomerId[] Rows, WriteOrder.Head[] Heads, CustomerId[] Damaged)
{
    /// <summary>
    /// Takes some microseconds per customer, and tens of microseconds per recovered customer, which must be folded. Runs on a thread other than the
    /// lane's.
    /// </summary>
    /// <param name="database">A connection of its own.</param>
    public static WriteOrder Create(Generation generation, Database database)
    {
        var ids = generation.Rows.Select(pair => pair.Key).ToArray();
        Array.Sort(ids, IdOrder.Instance);
        var damaged = ids.Where(id => !Fold(generation, database, id)).ToArray();
        if (damaged.Length > 0) ids = [.. ids.Except(damaged)];
        var partitions = new byte[ids.Length];
        var starts = new int[PartitionOf.Count + 1];
        for (var index = 0; index < ids.Length; index++)
        {
            partitions[index] = (byte)PartitionOf.Customer(ids[index]);
            starts[partitions[index] + 1]++;
        }

        for (var partition = 0; partition < PartitionOf.Count; partition++) starts[partition + 1] += starts[partition];
        var heads = new Head[ids.Length];
        var next = starts.ToArray();
        for (var index = 0; index < ids.Length; index++)
            heads[next[partitions[index]]++] = new Head(partitions[index], ids[index], default);
        for (var partition = 0; partition < PartitionOf.Count; partition++)
            Encode(generation, heads.AsSpan(starts[partition]..starts[partition + 1]));
        return new WriteOrder(ids, heads, damaged);
    }

    private static bool Fold(Generation generation, Database database, CustomerId customer)
    {
        try
        {
            if (generation.TryGet(customer, out var row)) row.Fold(database, customer);
            return true;
        }
        catch (LedgerException failure) when (failure.Kind == FailureKind.Permanent)
        {
            // Loading this customer fails with the same damage. The checkpoint writes the other rows.
            return false;
        }
    }

    private static void Encode(Generation generation, Span<Head> heads)
    {
        var writer = new ByteWriter();
        var ends = new int[heads.Length];
        for (var index = 0; index < heads.Length; index++)
        {
            if (generation.TryGet(heads[index].Customer, out var row)) Encode(writer, row.State!);
            ends[index] = writer.Length;
        }

        var bytes = writer.ToArray();
        for (var (index, start) = (0, 0); index < heads.Length; start = ends[index++])
            heads[index] = heads[index] with { Bytes = bytes.AsMemory(start..ends[index]) };
    }

    private static void Encode(ByteWriter writer, byte[] state)
    {
        try
        {
            HeadCodec.Encode(writer, state);
        }
        catch (InvalidDataException)
        {
            // A scan of the partition reports the damaged head, and so does loading the customer. The checkpoint writes the other rows.
        }
    }

    /// <param name="Bytes">The output of <see cref="HeadCodec.Encode"/>; none when the customer was erased meanwhile.</param>
    internal readonly record struct Head(byte Partition, CustomerId Customer, ReadOnlyMemory<byte> Bytes);
}
