using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class CommitContract : LedgerContract
{
    private protected CommitContract(ILedgerStore store)
        : base(store)
    {
    }

    [Fact]
    public async Task CommittedChangeIsLoaded()
    {
        var change = await Committed(new Shopper("ada").Buys(Shopper.Start.Plus(5)));
        var row = (await Ledger.Load(new CustomerId("ada"), Cancellation)).ShouldNotBeNull();
        row.Version.ShouldBe(1);
        row.State.ShouldBe(change.State);
        row.DueAt.ShouldBe(change.DueAt);
        row.Measures.ShouldBe(change.Measures);
    }

    [Fact]
    public async Task UnknownCustomerIsNull() =>
        (await Ledger.Load(new CustomerId("nobody"), Cancellation)).ShouldBeNull();

    [Fact]
    public async Task SecondWriterOfAVersionGetsTheActualOne()
    {
        var (first, second) = (new Shopper("ada"), new Shopper("ada"));
        await Committed(first.Buys());
        await Committed(first.Buys());
        var outcome = await Ledger.Commit(second.Buys(null, "journey - first"));
        outcome.ShouldBeOfType<VersionConflict>().Actual.ShouldBe(2);
        Ledger.Head.ShouldBe(LogPosition.Start);
    }

    [Fact]
    public async Task VersionAheadOfTheRowIsAConflict()
    {
        var shopper = new Shopper("ada");
        shopper.Buys();
        (await Ledger.Commit(shopper.Buys())).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(0);
    }

    [Fact]
    public async Task OneOfManyConcurrentWritersOfAVersionWins()
    {
        var changes = Enumerable.Range(0, 64).Select(_ => new Shopper("ada").Buys(null, "journey - first")).ToArray();
        var outcomes = await Task.WhenAll(changes.Select(change => Ledger.Commit(change).AsTask()));
        outcomes.OfType<Committed>().Count().ShouldBe(1);
        outcomes.OfType<VersionConflict>().ShouldAllBe(conflict => conflict.Actual == 1);
        (await WholeLog()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ConflictLeavesOthersOfTheGroupAlone()
    {
        await Committed(new Shopper("ada").Buys());
        var stale = Ledger.Commit(new Shopper("ada").Buys()).AsTask();
        var others = Enumerable.Range(0, 50).Select(n => Committed(new Shopper($"c{n}").Buys(null, "journey - first"))).ToArray();
        (await stale).ShouldBeOfType<VersionConflict>();
        await Task.WhenAll(others);
        (await WholeLog()).Count.ShouldBe(50);
    }

    [Fact]
    public async Task AnswerCarriesAPositionThatCoversItsTransitions()
    {
        var outcome = await Ledger.Commit(new Shopper("ada").Buys(null, "journey - first", "lifecycle - new"));
        outcome.ShouldBeOfType<Committed>().Head.ShouldBe(new LogPosition(2));
        Ledger.Head.ShouldBe(new LogPosition(2));
    }

    [Fact]
    public async Task ObserverSeesEveryChangeInTheOrderOfTheLog()
    {
        var observer = new RecordingObserver();
        var observation = Ledger.Observe(observer);
        var shoppers = Enumerable.Range(0, 40).Select(n => new Shopper($"c{n}")).ToArray();
        for (var turn = 0; turn < 5; turn++)
            await Task.WhenAll(shoppers.Select(shopper => Committed(shopper.Buys(null, "journey - first"))));
        observation.Dispose();
        await Committed(new Shopper("late").Buys());

        observer.Changes.Count.ShouldBe(200);
        var seen = observer.Changes.SelectMany(change => change.Transitions).ToArray();
        (await WholeLog()).Select(item => item.Transition).ShouldBe(seen);
        observer.Heads.Zip(observer.Heads.Skip(1)).ShouldAllBe(pair => pair.Second.Covers(pair.First));
    }

    private sealed class RecordingObserver : ICommitObserver
    {
        public List<CustomerChange> Changes { get; } = [];

        public List<LogPosition> Heads { get; } = [];

        public void Committed(IReadOnlyList<CustomerChange> changes, LogPosition head)
        {
            Changes.AddRange(changes);
            Heads.Add(head);
        }
    }
}
