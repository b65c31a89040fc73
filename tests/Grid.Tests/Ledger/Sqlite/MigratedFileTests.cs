using System.Globalization;
using Grid.Ledger;
using Grid.Ledger.Log;
using Grid.Ledger.Outbox;
using Grid.Ledger.Sqlite;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>Files of earlier builds, opened by this one.</summary>
public sealed class MigratedFileTests : IAsyncDisposable
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task OfTheFirstSchemaHasTheHeadsOfItsRowsAndOfItsJournal()
    {
        var shoppers = Enumerable.Range(0, 200).Select(n => new Shopper($"用户-{n}")).ToArray();
        var changes = shoppers.Select((shopper, n) => shopper.Buys(n % 3 == 0 ? null : Shopper.Start.Plus(n))).ToDictionary(change => change.Customer);
        using (var file = FirstSchema())
        {
            foreach (var change in changes.Values) AddRow(file, change);
            CustomerChange[] journalled = [.. shoppers.Take(20).Select(shopper => shopper.Buys()), new Shopper("only in the journal").Buys(Shopper.Start)];
            AddToJournal(file, journalled);
            foreach (var change in journalled) changes[change.Customer] = change;
        }

        var ledger = await _store.OpenFile();
        await ShouldHold(ledger, changes);
        await ledger.BeginCheckpoint();
        while (ledger.Statistics.Checkpoints == 0) await Task.Yield();
        await ledger.DisposeAsync();
        await ShouldHold(await _store.OpenFile(), changes);
    }

    [Fact]
    public async Task OfTheFirstSchemaHasAnOutbox()
    {
        FirstSchema().Dispose();

        var outbox = new Outbox(await _store.OpenFile(), new LedgerLimits());

        (await outbox.Record("t", null, "1", [], [Deliveries.Row(1)], Cancellation)).ShouldBeTrue();
        (await outbox.Find("1", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task WithAnAlteredStateIsFoundDamagedAndLeftAsItWas()
    {
        using (var file = FirstSchema())
        {
            AddRow(file, new Shopper("ada").Buys());
            file.Execute("UPDATE customers SET state = CAST(substr(state, 1, 3) AS BLOB)");
        }

        var failure = await _store.OpenFile().ShouldThrowAsync<LedgerException>();
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("damaged");
        failure.Message.ShouldContain("schema version 2");
        using var left = Database.Open(_store.File, readOnly: true);
        left.Number("PRAGMA user_version").ShouldBe(1);
        left.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'customers_head'").ShouldBe(1);
    }

    private static async Task ShouldHold(SqliteLedger ledger, Dictionary<CustomerId, CustomerChange> expected)
    {
        var heads = await HeadsOf.Everyone(ledger);
        heads.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach (var (customer, change) in expected)
        {
            heads[customer].Version.ShouldBe(change.Version);
            heads[customer].DueAt.ShouldBe(change.DueAt);
            (await ledger.Load(customer, Cancellation)).ShouldNotBeNull().State.ShouldBe(change.State);
        }

        (await ledger.Due(Shopper.Start.Plus(1_000), 1_000, Cancellation)).Count.ShouldBe(expected.Values.Count(change => !change.DueAt.IsNever));
        (await ledger.Commit(expected[new CustomerId("用户-0")])).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(2);
        (await ledger.Commit(expected[new CustomerId("用户-199")])).ShouldBeOfType<VersionConflict>().Actual.ShouldBe(1);
    }

    private Database FirstSchema()
    {
        var file = Database.Open(_store.File, readOnly: false);
        file.Execute(SqlFiles.Sqlite.Migrations()[0].Sql);
        file.Execute("PRAGMA application_id = 0x47524944");
        file.Execute("PRAGMA user_version = 1");
        return file;
    }

    private static void AddRow(Database file, CustomerChange change)
    {
        var dueAt = change.DueAt.IsNever ? "NULL" : change.DueAt.Milliseconds.ToString(CultureInfo.InvariantCulture);
        var state = Convert.ToHexString(change.State);
        file.Execute($"INSERT INTO customers (id, version, due_at, state) VALUES ('{change.Customer}', {change.Version}, {dueAt}, x'{state}')");
    }

    private static void AddToJournal(Database file, CustomerChange[] changes)
    {
        var page = new JournalPage();
        page.Begin(changes.Length);
        foreach (var change in changes) page.Add(change.Customer, change.Version, change.Delta);
        page.End();
        file.Of("journal-add").Bind(1, 1).Bind(2, page.Written).Run();
    }
}
