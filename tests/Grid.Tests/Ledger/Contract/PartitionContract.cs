using Grid.Ledger;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class PartitionContract : LedgerContract
{
    private protected PartitionContract(ILedgerStore store)
        : base(store)
    {
    }

    // A bound so small that rows come from the file, from a checkpoint under way and from memory.
    protected override LedgerLimits Limits => new() { MemTableRowsMax = 40, SliceRowsMax = 3, ScanRowsMax = 7, ScanHeadsMax = 7 };

    [Fact]
    public async Task PartitionsTogetherHoldEveryHeadOnce()
    {
        var expected = await SomeCustomers(300);
        for (var partition = 0; partition < PartitionOf.Count; partition++)
        {
            foreach (var head in await HeadsOf.Partition(Ledger, partition))
            {
                PartitionOf.Customer(head.Customer).ShouldBe(partition);
                expected.Remove(head.Customer, out var change).ShouldBeTrue();
                (head.Version, head.DueAt).ShouldBe((change!.Version, change.DueAt));
                head.Measures.ShouldBe(change.Measures);
                head.Standing.Rulebook.ShouldBe(change.Standing.Rulebook);
                head.Standing.Layers.ShouldBe(change.Standing.Layers);
            }
        }

        expected.ShouldBeEmpty();
    }

    [Fact]
    public async Task PartitionsTogetherHoldEveryRowOnceInTheOrderOfIds()
    {
        var expected = await SomeCustomers(300);
        for (var partition = 0; partition < PartitionOf.Count; partition++)
        {
            var rows = await Rows(partition);
            rows.Select(row => row.Customer).ShouldBe(rows.Select(row => row.Customer).Order());
            foreach (var row in rows)
            {
                PartitionOf.Customer(row.Customer).ShouldBe(partition);
                expected.Remove(row.Customer, out var change).ShouldBeTrue();
                row.State.ShouldBe(change!.State);
            }
        }

        expected.ShouldBeEmpty();
    }

    [Fact]
    public async Task ErasedCustomerHasNoHead()
    {
        var expected = await SomeCustomers(100);
        var erased = expected.Keys.Order().Where((_, index) => index % 3 == 0).ToArray();
        foreach (var customer in erased) await Ledger.Erase(customer, Cancellation);
        var again = await Committed(new Shopper(erased[0].Value).Buys());
        var heads = await HeadsOf.Everyone(Ledger);
        heads.Keys.Order().ShouldBe(expected.Keys.Except(erased).Append(again.Customer).Order());
        heads[again.Customer].Version.ShouldBe(1);
    }

    [Fact]
    public async Task HeadLongerThanMostIsReadWhole()
    {
        long[] measures = [.. Enumerable.Range(0, 500).Select(n => long.MaxValue - n)];
        var writer = new ByteWriter();
        var customer = new Customer { Id = new CustomerId("ada"), Version = 1, Measures = measures };
        customer.Layers = [new LayerState(3, LayerState.None, Shopper.Start, new Cause(CauseKind.Event), Instant.Never)];
        CustomerCodec.Encode(writer, customer);
        await Committed(new CustomerChange(customer.Id, 1, writer.ToArray(), [], Instant.Never, measures, []) { Standing = LayerAssignments.From(customer) });
        for (var n = 0; n < 50; n++) await Committed(new Shopper($"c{n}").Buys());
        var head = (await HeadsOf.Everyone(Ledger))[customer.Id];
        head.Measures.ShouldBe(measures);
        head.Standing.Layers.ShouldBe(new byte[] { 3 });
    }

    /// <summary>Reads as a partition does: the heads, then the later commits, while other threads commit and erase.</summary>
    [Fact]
    public async Task HeadsAndTheCommitsAfterThemAreTheWholeTruth()
    {
        var changing = Enumerable.Range(0, 6).Select(writer => new ChangingShoppers(this, writer)).ToArray();
        await using var writers = new WritersBeside(changing.Length, writer => changing[writer].Change());
        var scans = new List<(Dictionary<CustomerId, long> Versions, CommitPosition Place, int Partition)>();
        for (var partition = 0; partition < 12; partition++)
        {
            writers.Let(100);
            using var scan = await Ledger.ScanHeads(partition, Cancellation);
            var versions = new Dictionary<CustomerId, long>();
            await foreach (var head in scan.Heads.WithCancellation(Cancellation)) versions.Add(head.Customer, head.Version);
            scans.Add((versions, scan.Position, partition));
        }

        await writers.End();
        foreach (var (versions, place, partition) in scans)
        {
            await Follow(versions, place, partition);
            var rows = await Rows(partition);
            versions.OrderBy(pair => pair.Key).ShouldBe(rows.Select(row => KeyValuePair.Create(row.Customer, row.Version)));
        }
    }

    private async Task Follow(Dictionary<CustomerId, long> versions, CommitPosition place, int partition)
    {
        while (!place.Covers(Ledger.CommitHead))
        {
            var page = (await Ledger.Commits(place, 100, Cancellation)).ShouldNotBeNull();
            foreach (var customer in page.Batches.SelectMany(group => group.Customers))
            {
                if (PartitionOf.Customer(customer.Customer) != partition) continue;
                if (customer.IsErased) versions.Remove(customer.Customer);
                else versions[customer.Customer] = Math.Max(versions.GetValueOrDefault(customer.Customer), customer.Version);
            }

            place = page.Next;
        }
    }

    private async Task<Dictionary<CustomerId, CustomerChange>> SomeCustomers(int count)
    {
        var changes = new Dictionary<CustomerId, CustomerChange>();
        foreach (var n in Enumerable.Range(0, count))
        {
            var shopper = new Shopper($"用户-{n}");
            for (var turn = 0; turn <= n % 3; turn++)
                changes[shopper.Id] = await Committed(shopper.Buys(n % 4 == 0 ? null : Shopper.Start.Plus(n), "journey - first"));
        }

        return changes;
    }

    private async Task<List<CustomerRow>> Rows(int partition)
    {
        var rows = new List<CustomerRow>();
        using var scan = await Ledger.Scan(partition, Cancellation);
        await foreach (var row in scan.Rows.WithCancellation(Cancellation)) rows.Add(row);
        return rows;
    }

    /// <summary>Shoppers of whom one in twenty changes is followed by an erasure, after which the shopper comes anew.</summary>
    private sealed class ChangingShoppers(PartitionContract contract, int writer)
    {
        private readonly Random _random = new(writer);
        private readonly Shopper[] _shoppers = [.. Enumerable.Range(0, 60).Select(n => new Shopper($"c{writer}-{n}"))];

        public async Task Change()
        {
            var chosen = _random.Next(_shoppers.Length);
            await contract.Committed(_shoppers[chosen].Buys(Shopper.Start, "journey - first"));
            if (_random.Next(20) > 0) return;
            await contract.Ledger.Erase(_shoppers[chosen].Id, Cancellation);
            _shoppers[chosen] = new Shopper(_shoppers[chosen].Id.Value);
        }
    }
}
