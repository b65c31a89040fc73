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
    public async Task FencedEditionRefusesEarlierOnesAndLeavesNothing()
    {
        var shopper = new Shopper("ada");
        await Committed(shopper.Buys() with { Epoch = 3 });
        (await Ledger.Fence(4)).ShouldBe(4);
        (await Ledger.Fence(2)).ShouldBe(4);
        var next = shopper.Buys(null, "journey - first");
        var outdated = (await Ledger.Commit(next with { Epoch = 3 })).ShouldBeOfType<RulesOutdated>();
        outdated.Epoch.ShouldBe(4);
        (await Ledger.Load(new CustomerId("ada"), Cancellation)).ShouldNotBeNull().Version.ShouldBe(1);
        (await WholeLog()).ShouldBeEmpty();
        await Committed(next with { Epoch = 4 });
    }

    [Fact]
    public async Task OutdatedChangeLeavesOthersOfTheGroupAlone()
    {
        await Ledger.Fence(1);
        var outdated = Enumerable.Range(0, 50).Select(n => Ledger.Commit(new Shopper($"old{n}").Buys(null, "journey - first")).AsTask()).ToArray();
        var others = Enumerable.Range(0, 50)
            .Select(n => Committed(new Shopper($"c{n}").Buys(null, "journey - first") with { Epoch = 1 })).ToArray();
        (await Task.WhenAll(outdated)).ShouldAllBe(outcome => outcome is RulesOutdated);
        await Task.WhenAll(others);
        (await WholeLog()).Count.ShouldBe(50);
    }

    [Fact]
    public async Task WhatWasCommittedBeforeAFenceIsReadAfterIt()
    {
        var committing = Enumerable.Range(0, 200).Select(n => Ledger.Commit(new Shopper($"c{n}").Buys()).AsTask()).ToArray();
        await Ledger.Fence(1);
        var read = await ReadCommits.FromTheStart(Ledger).Read();
        var committed = (await Task.WhenAll(committing)).Count(outcome => outcome is Committed);
        read.ShouldBe(committed);
    }
}
