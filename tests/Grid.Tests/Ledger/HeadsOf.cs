using Grid.Ledger;
using Grid.Model.Customers;
using Xunit;

namespace Grid.Tests.Ledger;

/// <summary>Heads as the partitions of a ledger give them.</summary>
internal static class HeadsOf
{
    public static async Task<List<CommittedCustomer>> Partition(ILedger ledger, int partition)
    {
        var heads = new List<CommittedCustomer>();
        using var scan = await ledger.ScanHeads(partition, TestContext.Current.CancellationToken);
        await foreach (var head in scan.Heads.WithCancellation(TestContext.Current.CancellationToken)) heads.Add(head);
        return heads;
    }

    public static async Task<Dictionary<CustomerId, CommittedCustomer>> Everyone(ILedger ledger)
    {
        var everyone = new Dictionary<CustomerId, CommittedCustomer>();
        for (var partition = 0; partition < PartitionOf.Count; partition++)
            foreach (var head in await Partition(ledger, partition))
                everyone.Add(head.Customer, head);
        return everyone;
    }
}
