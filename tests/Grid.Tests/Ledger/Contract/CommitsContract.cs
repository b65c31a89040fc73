using System.Globalization;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class CommitsContract : LedgerContract
{
    private protected CommitsContract(ILedgerStore store)
        : base(store)
    {
    }

    [Fact]
    public async Task NothingNewIsAnEmptyPageAtThePlaceGiven()
    {
        await Committed(new Shopper("ada").Buys());
        var page = (await Ledger.Commits(Ledger.CommitHead, 10, Cancellation)).ShouldNotBeNull();
        page.Batches.ShouldBeEmpty();
        page.Next.ShouldBe(Ledger.CommitHead);
    }

    [Fact]
    public async Task GroupTellsOfEachChangeWhatAScanTells()
    {
        var before = Ledger.CommitHead;
        var change = await Committed(new Shopper("ada").Buys(Shopper.Start.Plus(5), "journey - first"));
        var group = (await Following(before)).ShouldHaveSingleItem();
        group.LastSequence.ShouldBe(Ledger.Head[group.Lane]);
        group.Number.ShouldBe(before[group.Lane] + 1);
        ShouldBe(group.Customers.ShouldHaveSingleItem(), CommittedCustomer.From(change));
    }

    [Fact]
    public async Task EveryChangeOfACustomerComesOnceAndInOrderWithAnyLimit()
    {
        var before = Ledger.CommitHead;
        var shoppers = Enumerable.Range(0, 40).Select(n => new Shopper($"c{n}")).ToArray();
        for (var turn = 0; turn < 5; turn++) await Task.WhenAll(shoppers.Select(shopper => Committed(shopper.Buys(null, "journey - first"))));
        foreach (var limit in new[] { 1, 3, 10_000 })
        {
            var groups = await Following(before, limit);
            foreach (var lane in groups.GroupBy(group => group.Lane))
                lane.Select(group => group.Number).ShouldBe(Enumerable.Range(1, lane.Count()).Select(n => before[lane.Key] + n));
            var versions = groups.SelectMany(group => group.Customers).ToLookup(customer => customer.Customer, customer => customer.Version);
            versions.Count.ShouldBe(40);
            versions.ShouldAllBe(ofOne => ofOne.SequenceEqual(new long[] { 1, 2, 3, 4, 5 }));
        }
    }

    [Fact]
    public async Task ErasedCustomerComesAtVersionZero()
    {
        await Committed(new Shopper("ada").Buys(Shopper.Start, "journey - first"));
        var before = Ledger.CommitHead;
        await Ledger.Erase(new CustomerId("ada"), Cancellation);
        await Committed(new Shopper("ada").Buys());
        var told = (await Following(before)).SelectMany(group => group.Customers).ToArray();
        told.Select(customer => customer.Version).ShouldBe([0, 1]);
        told[0].IsErased.ShouldBeTrue();
        ShouldBe(told[0], new CommittedCustomer(new CustomerId("ada"), 0, Instant.Never, [], new LayerAssignments(0, [])));
    }

    [Fact]
    public async Task ReaderBesideWritersMissesNothing()
    {
        const int Writers = 12, Turns = 50;
        var before = Ledger.CommitHead;
        var reading = Task.Run(() => ReadVersions(before, Writers, Turns), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(async () =>
        {
            var shopper = new Shopper(n.ToString(CultureInfo.InvariantCulture));
            for (var turn = 0; turn < Turns; turn++) await Committed(shopper.Buys());
        })));
        (await reading).ShouldAllBe(version => version == Turns);
    }

    [Fact]
    public async Task SignalTakenBeforeACommitCompletes()
    {
        for (var turn = 0; turn < 100; turn++)
        {
            var signals = Enumerable.Range(0, 3).Select(_ => Ledger.Signal.Next()).ToArray();
            signals.ShouldAllBe(signal => !signal.IsCompleted);
            await Committed(new Shopper($"c{turn}").Buys());
            await Task.WhenAll(signals).WaitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task SignalTakenBeforeAnErasureCompletes()
    {
        await Committed(new Shopper("ada").Buys());
        var signal = Ledger.Signal.Next();
        await Ledger.Erase(new CustomerId("ada"), Cancellation);
        await signal.WaitAsync(Cancellation);
    }

    private static void ShouldBe(CommittedCustomer actual, CommittedCustomer expected)
    {
        (actual.Customer, actual.Version, actual.DueAt).ShouldBe((expected.Customer, expected.Version, expected.DueAt));
        actual.Measures.ShouldBe(expected.Measures);
        actual.Standing.Rulebook.ShouldBe(expected.Standing.Rulebook);
        actual.Standing.Layers.ShouldBe(expected.Standing.Layers);
    }

    /// <summary>The last version of each customer, read until all are there; each must follow the one before.</summary>
    private async Task<long[]> ReadVersions(CommitPosition place, int customers, int turns)
    {
        var versions = new long[customers];
        while (versions.Sum() < customers * turns)
        {
            var signal = Ledger.Signal.Next();
            var page = (await Ledger.Commits(place, 7, Cancellation)).ShouldNotBeNull();
            if (page.Batches.Count == 0) await signal.WaitAsync(Cancellation);
            place = page.Next;
            foreach (var customer in page.Batches.SelectMany(group => group.Customers))
                customer.Version.ShouldBe(++versions[int.Parse(customer.Customer.Value, CultureInfo.InvariantCulture)]);
        }

        return versions;
    }

    private async Task<List<CommittedBatch>> Following(CommitPosition place, int limit = 1_000)
    {
        var groups = new List<CommittedBatch>();
        while (true)
        {
            var page = (await Ledger.Commits(place, limit, Cancellation)).ShouldNotBeNull();
            if (page.Batches.Count == 0) return groups;
            page.Batches.Count.ShouldBeLessThanOrEqualTo(Math.Max(limit, Ledger.CommitHead.Lanes));
            groups.AddRange(page.Batches);
            place = page.Next;
        }
    }
}
