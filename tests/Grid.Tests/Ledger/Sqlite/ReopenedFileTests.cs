using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>A ledger that is reopened after it was closed, or after a crash at any moment of a checkpoint.</summary>
public sealed class ReopenedFileTests : IAsyncDisposable
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task AfterClosingHoldsWhatWasCommitted()
    {
        var first = await _store.OpenFile();
        var expected = await Fill(first, new Random(1), customers: 40, turns: 400);
        await first.Reject([new Reject(Shopper.Start, "ada", null, "no", "batch[0]", [1])]);
        await ((IStateRecords)first).Write("note", "rfm8", new byte[] { 1 }, null);
        var log = await Log(first);
        await first.DisposeAsync();

        var second = await _store.OpenFile();
        await ShouldHold(second, expected);
        (await Log(second)).ShouldBe(log);
        second.Head.ShouldBe(first.Head);
        (await second.Rejects(0, 10, Cancellation)).Count.ShouldBe(1);
        (await ((IStateRecords)second).Read("note", "rfm8", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task AfterClosingGoesOnWhereItStopped()
    {
        var shopper = new Shopper("ada");
        var first = await _store.OpenFile();
        await first.Commit(shopper.Buys(null, "journey - first"));
        await first.DisposeAsync();

        var second = await _store.OpenFile();
        (await second.Commit(new Shopper("ada").Buys())).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(1);
        var answer = await second.Commit(shopper.Buys(null, "journey first repeat"));
        answer.ShouldBeOfType<Committed>().Head.ShouldBe(new LogPosition(2));
        (await second.Tail(new LogPosition(1), 10, Cancellation)).Items.ShouldHaveSingleItem().Transition.To.ShouldBe("repeat");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AfterACrashAnywhereInACheckpointHoldsEveryAnsweredState(int seed)
    {
        // Slices of two rows and a checkpoint at every ten, so that most copies contain an unfinished checkpoint.
        var random = new Random(seed);
        var limits = new LedgerLimits { MemTableRowsMax = 10, SliceRowsMax = 2, JournalBytesMax = 8_192 };
        var ledger = await _store.OpenFile(limits);
        var shoppers = Enumerable.Range(0, 60).Select(n => new Shopper($"c{n}")).ToArray();
        var expected = new Dictionary<CustomerId, CustomerChange>();
        for (var crash = 0; crash < 8; crash++)
        {
            for (var turn = 0; turn < 25; turn++)
                await Task.WhenAll(random.GetItems(shoppers, 6).Distinct().Select(shopper => Commit(ledger, shopper, expected)));

            var copy = _store.CopyAsAfterCrash();
            await using var recovered = new SqliteLedger(new SqliteLedgerOptions(copy) { Limits = limits });
            await recovered.Open(Cancellation);
            await ShouldHold(recovered, expected);
            (await Log(recovered)).ShouldBe(await Log(ledger));
        }

        ledger.Statistics.Checkpoints.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task AfterRecoveryIsRecoveredAgainTheSame()
    {
        var ledger = await _store.OpenFile(new LedgerLimits { MemTableRowsMax = 15, SliceRowsMax = 2 });
        var expected = await Fill(ledger, new Random(9), customers: 50, turns: 500);
        await ledger.DisposeAsync();
        for (var time = 0; time < 3; time++)
        {
            var again = await _store.OpenFile(new LedgerLimits { MemTableRowsMax = 15, SliceRowsMax = 2 });
            await ShouldHold(again, expected);
            await again.DisposeAsync();
        }
    }

    [Fact]
    public async Task CheckpointEmptiesTheJournalAndKeepsTheRows()
    {
        var ledger = await _store.OpenFile();
        var expected = await Fill(ledger, new Random(4), customers: 100, turns: 300);
        ledger.Statistics.MemTableRows.ShouldBeGreaterThan(0);
        await ledger.BeginCheckpoint();
        while (ledger.Statistics.Checkpoints == 0) await Task.Yield();
        await ShouldHold(ledger, expected);
        await ledger.DisposeAsync();

        using (var file = Database.Open(_store.File, readOnly: true))
        {
            file.Number("SELECT count(*) FROM journal").ShouldBe(0);
            file.Number("SELECT count(*) FROM customers").ShouldBe(expected.Count);
            file.Number("SELECT count(*) FROM heads").ShouldBe(expected.Count);
        }

        await ShouldHold(await _store.OpenFile(), expected);
    }

    private static async Task<Dictionary<CustomerId, CustomerChange>> Fill(SqliteLedger ledger, Random random, int customers, int turns)
    {
        var shoppers = Enumerable.Range(0, customers).Select(n => new Shopper($"c{n}")).ToArray();
        var expected = new Dictionary<CustomerId, CustomerChange>();
        for (var turn = 0; turn < turns; turn++) await Commit(ledger, shoppers[random.Next(customers)], expected);
        return expected;
    }

    private static async Task Commit(SqliteLedger ledger, Shopper shopper, Dictionary<CustomerId, CustomerChange> expected)
    {
        var change = shopper.Buys(Shopper.Start.Plus(1_000), "journey - first");
        (await ledger.Commit(change)).ShouldBeOfType<Committed>();
        lock (expected) expected[shopper.Id] = change;
    }

    private static async Task ShouldHold(SqliteLedger ledger, Dictionary<CustomerId, CustomerChange> expected)
    {
        using var scan = await ledger.Scan(Cancellation);
        var count = 0;
        await foreach (var row in scan.Rows.WithCancellation(Cancellation))
        {
            var change = expected[row.Customer];
            row.Version.ShouldBe(change.Version);
            row.State.ShouldBe(change.State);
            row.DueAt.ShouldBe(change.DueAt);
            row.Measures.ShouldBe(change.Measures);
            (await ledger.Load(row.Customer, Cancellation)).ShouldNotBeNull().State.ShouldBe(change.State);
            count++;
        }

        count.ShouldBe(expected.Count);
        var heads = await HeadsOf.Everyone(ledger);
        heads.Count.ShouldBe(expected.Count);
        foreach (var (customer, change) in expected)
            (heads[customer].Version, heads[customer].DueAt).ShouldBe((change.Version, change.DueAt));
    }

    private static async Task<IReadOnlyList<LoggedTransition>> Log(SqliteLedger ledger) =>
        (await ledger.Tail(LogPosition.Start, 10_000, Cancellation)).Items;
}
