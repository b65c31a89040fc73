using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>Two ledgers on one database, as in two processes.</summary>
public sealed class TwoLedgersTests : IAsyncDisposable
{
    private readonly PostgresStore _store = new(lanes: 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task VersionsFenceEachOther()
    {
        var (here, there) = (await _store.OpenDatabase(), await _store.OpenDatabase());
        var (mine, stale) = (new Shopper("ada"), new Shopper("ada"));
        (await here.Commit(mine.Buys())).ShouldBeOfType<Committed>();
        (await there.Commit(stale.Buys(null, "journey - first"))).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(1);
        (await there.Commit(mine.Buys())).ShouldBeOfType<Committed>();
        (await here.Commit(stale.Buys())).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(2);
        (await here.Tail(LogPosition.Start, 10, Cancellation)).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EachSeesAllCommitsOfACustomerInTheirOrder(bool notify)
    {
        const int Shoppers = 20, Turns = 40;
        PostgresLedger[] ledgers = [await _store.OpenDatabase(notify: notify), await _store.OpenDatabase(notify: notify)];
        var readers = Array.ConvertAll(ledgers, ledger => new ReadCommits(ledger));

        // Each customer is written by either ledger in turn, and always in the same lane.
        await Task.WhenAll(Enumerable.Range(0, Shoppers).Select(n => Task.Run(async () =>
        {
            var shopper = new Shopper($"c{n}");
            for (var turn = 0; turn < Turns; turn++)
                (await ledgers[(n + turn) % 2].Commit(shopper.Buys(null, "journey - first"))).ShouldBeOfType<Committed>();
        })));

        for (var n = 0; n < 2; n++)
        {
            var transitions = await Reading(ledgers[n], Shoppers * Turns);
            transitions.GroupBy(item => item.Lane).ShouldAllBe(lane => lane.Select((item, index) => item.Sequence == index + 1).All(next => next));
            transitions.GroupBy(item => item.Transition.Customer)
                .ShouldAllBe(customer => customer.Select(item => item.Transition.EffectiveAt.Milliseconds).SequenceEqual(
                    customer.Select(item => item.Transition.EffectiveAt.Milliseconds).Order()));
            await readers[n].Until(Shoppers * Turns);
            readers[n].Versions.Count.ShouldBe(Shoppers);
            foreach (var versions in readers[n].Versions.Values) versions.ShouldBe(Enumerable.Range(1, Turns).Select(version => (long)version));
        }

        ledgers[0].Head.ShouldBe(ledgers[1].Head);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EachIsWokenByTheOtherAndReadsItsCommits(bool notify)
    {
        var (here, there) = (await _store.OpenDatabase(notify: notify), await _store.OpenDatabase(notify: notify));
        var shopper = new Shopper("ada");
        var (place, versions) = (there.CommitHead, new List<long>());
        for (var turn = 0; turn < 3; turn++)
        {
            if (turn < 2) await here.Commit(shopper.Buys());
            else await here.Erase(shopper.Id, Cancellation);
            while (versions.Count <= turn)
            {
                var signal = there.Signal.Next();
                var page = (await there.Commits(place, 10, Cancellation)).ShouldNotBeNull();
                if (page.Batches.Count == 0) await signal.WaitAsync(Cancellation);
                versions.AddRange(page.Batches.SelectMany(group => group.Customers).Select(customer => customer.Version));
                place = page.Next;
            }
        }

        versions.ShouldBe([1, 2, 0]);
        place.ShouldBe(here.CommitHead);
    }

    [Fact]
    public async Task OneOfManyWritersOfAVersionWinsAndTheOthersGoOnFromIt()
    {
        const int Changes = 150;
        PostgresLedger[] ledgers = [await _store.OpenDatabase(), await _store.OpenDatabase()];
        string[] names = ["ada", "bob", "eve"];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var n = 0; n < Changes / 5; n++) await CommitSome(ledgers[writer % 2], names[random.Next(names.Length)]);
        })));

        var versions = 0L;
        foreach (var name in names) versions += (await ledgers[0].Load(new CustomerId(name), Cancellation))!.Version;
        versions.ShouldBe(8 * (Changes / 5));
        (await Reading(ledgers[1], (int)versions)).Count.ShouldBe((int)versions);
    }

    [Fact]
    public async Task FenceOfOneHoldsForTheOther()
    {
        var (here, there) = (await _store.OpenDatabase(), await _store.OpenDatabase());
        var reader = new ReadCommits(here);
        var shoppers = Enumerable.Range(0, 100).Select(n => new Shopper($"c{n}")).ToArray();
        var committing = shoppers.Select(shopper => there.Commit(shopper.Buys()).AsTask()).ToArray();
        await here.Fence(1);
        var read = await reader.Read();
        var committed = (await Task.WhenAll(committing)).Count(outcome => outcome is Committed);
        read.ShouldBe(committed);
        (await there.Commit(new Shopper("late").Buys())).ShouldBeOfType<RulesOutdated>().Epoch.ShouldBe(1);
        (await there.Commit(new Shopper("late").Buys() with { Epoch = 1 })).ShouldBeOfType<Committed>();
    }

    [Fact]
    public async Task NamesErasedByBothAtOnceAreGoneFromThePagesThatTheyShare()
    {
        PostgresLedger[] ledgers = [await _store.OpenDatabase(), await _store.OpenDatabase()];
        var shoppers = Enumerable.Range(0, 60).Select(number => new Shopper($"shopper-{number}")).ToList();
        await Task.WhenAll(shoppers.Select(shopper => ledgers[0].Commit(shopper.Buys(null, "journey - first")).AsTask()));
        var (leaving, staying) = (shoppers[..50], shoppers[50..]);

        await Task.WhenAll(leaving.Select((shopper, index) => ledgers[index % 2].Erase(shopper.Id, Cancellation).AsTask()));

        // A newly opened ledger has none of the log in memory.
        var log = await (await _store.OpenDatabase()).Tail(LogPosition.Start, 1_000, Cancellation);
        log.Items.Count.ShouldBe(shoppers.Count);
        log.Items.Select(item => item.Transition.Customer).Intersect(shoppers.Select(shopper => shopper.Id))
            .ShouldBe(staying.Select(shopper => shopper.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task NameErasedByOneIsGoneFromTheOthersMemory()
    {
        var (here, there) = (await _store.OpenDatabase(), await _store.OpenDatabase());
        await here.Commit(new Shopper("ada").Buys(null, "journey - first"));
        (await Reading(there, 1)).ShouldHaveSingleItem().Transition.Customer.Value.ShouldBe("ada");
        await here.Erase(new CustomerId("ada"), Cancellation);
        (await Reading(here, 1)).ShouldHaveSingleItem().Transition.Customer.Value.ShouldStartWith("erased:");
        await there.Fence(0); // Waits until the ledger has followed the log.
        (await Reading(there, 1)).ShouldHaveSingleItem().Transition.Customer.Value.ShouldStartWith("erased:");
        (await there.Load(new CustomerId("ada"), Cancellation)).ShouldBeNull();
    }

    private static async Task CommitSome(PostgresLedger ledger, string name)
    {
        while (true)
        {
            var version = (await ledger.Load(new CustomerId(name), Cancellation))?.Version ?? 0;
            var shopper = new Shopper(name);
            for (var n = 0; n < version; n++) shopper.Buys();
            if (await ledger.Commit(shopper.Buys(null, "journey - first")) is Committed) return;
        }
    }

    private static async Task<List<LoggedTransition>> Reading(PostgresLedger ledger, int count)
    {
        var items = new List<LoggedTransition>();
        var position = LogPosition.Start;
        while (items.Count < count)
        {
            var page = await ledger.Tail(position, 7, Cancellation);
            if (page.Items.Count == 0) await Task.Yield();
            items.AddRange(page.Items);
            position = page.Next;
        }

        return items;
    }
}
