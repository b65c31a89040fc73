using Grid.Ledger;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>After a start, every answer includes the deltas that only the journal holds, before they are folded onto their rows.</summary>
public sealed class RecoveredFileTests : IAsyncDisposable
{
    // The checkpoint that begins at the start writes one row per slice, so that the reads come before it.
    private static readonly LedgerLimits RowByRow = new() { SliceRowsMax = 1 };
    private readonly SqliteStore _store = new();
    private readonly Shopper[] _shoppers = [.. Enumerable.Range(0, 30).Select(n => new Shopper($"c{n}"))];
    private readonly Dictionary<CustomerId, CustomerChange> _expected = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task AnswersHeadsOfRowsAndDeltas()
    {
        await Fill();
        var ledger = await _store.OpenFile(RowByRow);
        var heads = await HeadsOf.Everyone(ledger);
        heads.Count.ShouldBe(_expected.Count);
        foreach (var (customer, change) in _expected)
        {
            var head = CommittedCustomer.From(change);
            (heads[customer].Version, heads[customer].DueAt).ShouldBe((head.Version, head.DueAt));
            heads[customer].Measures.ShouldBe(head.Measures);
            heads[customer].Standing.Rulebook.ShouldBe(head.Standing.Rulebook);
            heads[customer].Standing.Layers.ShouldBe(head.Standing.Layers);
        }
    }

    [Fact]
    public async Task AnswersStatesInAnyOrderAndFromManyThreads()
    {
        await Fill();
        var ledger = await _store.OpenFile(RowByRow);
        var asked = Enumerable.Range(0, 4).SelectMany(_ => _expected.Values).ToArray();
        new Random(1).Shuffle(asked);
        await Task.WhenAll(asked.Select(change => Task.Run(async () =>
        {
            var row = (await ledger.Load(change.Customer, Cancellation)).ShouldNotBeNull();
            row.Version.ShouldBe(change.Version);
            row.State.ShouldBe(change.State);
        })));
    }

    [Fact]
    public async Task GoesOnFromTheVersionOfTheJournal()
    {
        await Fill();
        var ledger = await _store.OpenFile(RowByRow);
        (await ledger.Commit(_expected[_shoppers[0].Id])).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(_expected[_shoppers[0].Id].Version);
        foreach (var shopper in _shoppers) await Commit(ledger, shopper);
        await WrittenOut(ledger);
        await ShouldHold(ledger);
        await ledger.DisposeAsync();
        await ShouldHold(await _store.OpenFile());
    }

    [Fact]
    public async Task WritesItsRowsByItself()
    {
        await Fill();
        var ledger = await _store.OpenFile();
        await WrittenOut(ledger);
        await ledger.DisposeAsync();
        using var file = Database.Open(_store.File, readOnly: true);
        file.Number("SELECT count(*) FROM journal").ShouldBe(0);
        file.Number("SELECT sum(version) FROM customers").ShouldBe(_expected.Values.Sum(change => change.Version));
        file.Number("SELECT sum(version) FROM heads").ShouldBe(_expected.Values.Sum(change => change.Version));
    }

    [Fact]
    public async Task ErasesWhoWasNotFoldedYet()
    {
        await Fill();
        var erased = _shoppers[3].Id;
        var ledger = await _store.OpenFile(RowByRow);
        using (var before = await ledger.Scan(Cancellation))
        {
            (await ledger.Erase(erased, Cancellation)).ShouldBeTrue();
            (await before.Rows.ToDictionaryAsync(row => row.Customer, cancellationToken: Cancellation))[erased].State.ShouldBe(_expected[erased].State);
        }

        (await ledger.Load(erased, Cancellation)).ShouldBeNull();
        await ledger.DisposeAsync();
        _expected.Remove(erased);
        await ShouldHold(await _store.OpenFile());
    }

    [Fact]
    public async Task WithADamagedRowServesTheOthersAndKeepsWhatTheJournalHoldsOfIt()
    {
        await Fill();
        var damaged = _shoppers[5].Id;
        using (var file = Database.Open(_store.File, readOnly: false))
        {
            file.Execute($"CREATE TABLE kept AS SELECT id, state FROM customers WHERE id = '{damaged}'");
            file.Execute($"UPDATE customers SET state = x'FF00' WHERE id = '{damaged}'");
        }

        // Twice, because a start preserves deltas that the start before had preserved.
        for (var start = 0; start < 2; start++)
        {
            var ledger = await _store.OpenFile();
            var failure = await Should.ThrowAsync<LedgerException>(async () => await ledger.Load(damaged, Cancellation));
            failure.Kind.ShouldBe(FailureKind.Permanent);
            failure.Message.ShouldContain(damaged.Value);
            foreach (var shopper in _shoppers.Where(shopper => shopper.Id != damaged)) await Commit(ledger, shopper);
            await WrittenOut(ledger);
            await ledger.DisposeAsync();
        }

        using (var file = Database.Open(_store.File, readOnly: false))
            file.Execute($"UPDATE customers SET state = (SELECT state FROM kept WHERE kept.id = customers.id) WHERE id = '{damaged}'; DROP TABLE kept");
        await ShouldHold(await _store.OpenFile());
    }

    /// <summary>
    /// A checkpoint appends the deltas of a damaged row again, then drops the old ones page by page; a crash may come after any of these steps.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task FindsDeltasThatAreThereTwice(int dropped)
    {
        await Fill();
        var customer = _shoppers[5].Id;
        using (var file = Database.Open(_store.File, readOnly: false))
        {
            var pages = new List<(long Sequence, JournalEntry Entry)>();
            var statement = file.Of("journal-pages");
            while (statement.Step())
                foreach (var entry in JournalPage.Read(statement.Blob(1).ToArray()))
                    if (entry.Customer == customer)
                        pages.Add((statement.Long(0), entry));
            pages.Select(page => page.Entry.Version).ShouldBe([2, 3, 4]);
            var again = new JournalPage();
            again.Begin(pages.Count);
            foreach (var (_, entry) in pages) again.Add(entry.Customer, entry.Version, entry.Delta.Span);
            again.End();
            file.Of("journal-add").Bind(1, 1_000_000).Bind(2, again.Written).Run();
            foreach (var (sequence, _) in pages.Take(dropped)) file.Execute($"DELETE FROM journal WHERE sequence = {sequence}");
        }

        var ledger = await _store.OpenFile(RowByRow);
        (await HeadsOf.Everyone(ledger))[customer].Version.ShouldBe(4);
        await ShouldHold(ledger);
    }

    /// <summary>Leaves rows and heads and, in the journal, later changes of the same customers and new customers.</summary>
    private async Task Fill()
    {
        var first = await _store.OpenFile();
        foreach (var shopper in _shoppers[..20]) await Commit(first, shopper);
        await WrittenOut(first);
        foreach (var shopper in _shoppers)
            for (var turn = 0; turn < 3; turn++)
                await Commit(first, shopper);
        await first.DisposeAsync();
    }

    private async Task Commit(SqliteLedger ledger, Shopper shopper)
    {
        var change = shopper.Buys(Shopper.Start.Plus(1_000), "journey - first");
        (await ledger.Commit(change)).ShouldBeOfType<Committed>();
        _expected[shopper.Id] = change;
    }

    /// <summary>Twice, because the first may be one that began before the last commit.</summary>
    private static async Task WrittenOut(SqliteLedger ledger)
    {
        for (var round = 0; round < 2; round++)
        {
            var before = ledger.Statistics.Checkpoints;
            await ledger.BeginCheckpoint();
            while (ledger.Statistics.Checkpoints == before) await Task.Yield();
        }
    }

    private async Task ShouldHold(SqliteLedger ledger)
    {
        using var scan = await ledger.Scan(Cancellation);
        var rows = await scan.Rows.ToDictionaryAsync(row => row.Customer, cancellationToken: Cancellation);
        rows.Count.ShouldBe(_expected.Count);
        foreach (var (customer, change) in _expected)
        {
            rows[customer].Version.ShouldBe(change.Version);
            rows[customer].State.ShouldBe(change.State);
            (await ledger.Load(customer, Cancellation)).ShouldNotBeNull().State.ShouldBe(change.State);
        }
    }
}
