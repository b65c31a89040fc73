using Grid.Ledger;
using Grid.Tests.Ledger.Postgres;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger;

/// <summary>Commits are kept only for a while; a reader that comes later must scan the rows again.</summary>
public sealed class DroppedCommitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OfOneProcessAreThoseBeyondTheLimit(bool sqlite)
    {
        await using ILedgerStore store = sqlite ? new SqliteStore() : new MemoryStore();
        await using var ledger = await store.Open(new LedgerLimits { CommitsKeptMax = 10 });
        for (var n = 0; n < 200; n++) await ledger.Commit(new Shopper($"c{n}").Buys());
        ledger.CommitHead.ShouldBe(new CommitPosition(200));
        (await ledger.Commits(new CommitPosition(189), 100, Cancellation)).ShouldBeNull();
        (await ledger.Commits(CommitPosition.Start, 100, Cancellation)).ShouldBeNull();
        var page = (await ledger.Commits(new CommitPosition(190), 100, Cancellation)).ShouldNotBeNull();
        page.Batches.Select(group => group.Number).ShouldBe(Enumerable.Range(191, 10).Select(n => (long)n));
        page.Batches.SelectMany(group => group.Customers).Select(customer => customer.Customer.Value)
            .ShouldBe(Enumerable.Range(190, 10).Select(n => $"c{n}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PlaceOfAnotherOpeningIsNone(bool sqlite)
    {
        await using ILedgerStore store = sqlite ? new SqliteStore() : new MemoryStore();
        await using var ledger = await store.Open();
        await ledger.Commit(new Shopper("ada").Buys());
        (await ledger.Commits(new CommitPosition(7), 100, Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public async Task OnPostgresAreThoseTrimmedFromTheDatabase(int upTo)
    {
        await using var store = new PostgresStore();
        var ledger = await store.OpenDatabase();
        for (var n = 0; n < 8; n++) await ledger.Commit(new Shopper($"c{n}").Buys());
        await SharedPostgres.Execute(await store.ConnectionString(), $"DELETE FROM groups WHERE page <= {upTo}");
        (await ledger.Commits(new CommitPosition(upTo - 1), 100, Cancellation)).ShouldBeNull();
        (await ledger.Commits(CommitPosition.Start, 100, Cancellation)).ShouldBeNull();
        var page = (await ledger.Commits(new CommitPosition(upTo), 100, Cancellation)).ShouldNotBeNull();
        page.Batches.Count.ShouldBe(8 - upTo);
    }
}
