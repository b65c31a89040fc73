using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Ledger.Postgres.Following;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>Databases that this build or these settings must refuse, and positions that its log no longer has.</summary>
public sealed class RefusedDatabaseTests : IAsyncDisposable
{
    private readonly PostgresStore _store = new(lanes: 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task OfAnotherNumberOfLanesSaysWhichItHas()
    {
        await _store.OpenDatabase();
        var failure = await Refused(await _store.ConnectionString(), lanes: 3);
        failure.Message.ShouldContain("has 2 lanes, and 3 were configured");
        (await Refused(await _store.ConnectionString(), lanes: 5)).Message.ShouldContain("1 to 4");
    }

    [Fact]
    public async Task OfANewerSchemaNamesBothVersions()
    {
        await _store.OpenDatabase();
        await SharedPostgres.Execute(await _store.ConnectionString(), "UPDATE schema_version SET number = 99");
        var failure = await Refused(await _store.ConnectionString(), lanes: 2);
        failure.Message.ShouldContain("version 99");
    }

    [Fact]
    public async Task WithAsynchronousCommitsIsNotDurable()
    {
        var failure = await Refused(await _store.ConnectionString() + ";Options=-c synchronous_commit=off", lanes: 2);
        failure.Message.ShouldContain("synchronous_commit");
    }

    [Theory]
    [InlineData("standby")]
    [InlineData("read-only")]
    public async Task OnAServerThatTakesNoWritesIsNotLookedFor(string attributes)
    {
        var failure = await Refused($"{await _store.ConnectionString()};Target Session Attributes={attributes}", lanes: 2);
        failure.Message.ShouldContain(attributes);
    }

    [Fact]
    public async Task WithTablesOfOthersIsLeftAsItIs()
    {
        await SharedPostgres.Execute(await _store.ConnectionString(), "CREATE TABLE customers (name text)");
        (await Refused(await _store.ConnectionString(), lanes: 2)).Message.ShouldContain("customers");
        await SharedPostgres.Execute(await _store.ConnectionString(), "INSERT INTO customers (name) VALUES ('still here')");
    }

    [Fact]
    public async Task OpenedByManyProcessesAtOnceIsMadeOnce()
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _store.OpenDatabase())));
        for (var n = 0; n < ledgers.Length; n++) (await ledgers[n].Commit(new Shopper($"c{n}").Buys())).ShouldBeOfType<Committed>();
    }

    [Fact]
    public async Task WhoseOldGroupsAreGoneIsReadFromBehindThemOnly()
    {
        var ledger = await _store.OpenDatabase();
        for (var n = 0; n < 40; n++) await ledger.Commit(new Shopper($"c{n}").Buys(null, "journey - first"));
        await SharedPostgres.Execute(await _store.ConnectionString(), "UPDATE groups SET at = at - interval '2 hours' WHERE last <= 10");
        var options = new PostgresLedgerOptions(await _store.ConnectionString());
        await using var database = new Database(options);
        await using var trimmer = new LogRetention(database, options);
        await trimmer.Trim();

        (await ledger.Commits(CommitPosition.Start, 100, Cancellation)).ShouldBeNull();
        (await ledger.Commits(CommitPosition.Start.With(0, 10).With(1, 10), 100, Cancellation)).ShouldNotBeNull()
            .Batches.Sum(group => group.Customers.Count).ShouldBe(20);
        (await ledger.Tail(LogPosition.Start, 100, Cancellation)).Items.Count.ShouldBe(40);
    }

    private static async Task<LedgerException> Refused(string connectionString, int lanes)
    {
        await using var ledger = new PostgresLedger(new PostgresLedgerOptions(connectionString) { Lanes = lanes });
        var failure = await Should.ThrowAsync<LedgerException>(() => ledger.Open(Cancellation));
        failure.Kind.ShouldBe(FailureKind.Permanent);
        return failure;
    }
}
