using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>Files that the ledger must refuse, or cannot read.</summary>
public sealed class RefusedFileTests : IAsyncDisposable
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task OfALaterSchemaNamesBothVersions()
    {
        await (await _store.OpenFile()).DisposeAsync();
        using (var file = Database.Open(_store.File, readOnly: false)) file.Execute("PRAGMA user_version = 999");
        var failure = await _store.OpenFile().ShouldThrowAsync<LedgerException>();
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("schema version 999; this build knows up to ");
    }

    [Fact]
    public async Task OfAnotherProgramIsLeftAsItIs()
    {
        using (var file = Database.Open(_store.File, readOnly: false)) file.Execute("CREATE TABLE notes (text TEXT)");
        var failure = await _store.OpenFile().ShouldThrowAsync<LedgerException>();
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("not a ledger");
        using var left = Database.Open(_store.File, readOnly: true);
        left.Number("SELECT count(*) FROM sqlite_schema").ShouldBe(1);
    }

    [Fact]
    public async Task OpenInAnotherLedgerIsInUseUntilThatCloses()
    {
        var first = await _store.OpenFile();
        var failure = await _store.OpenFile().ShouldThrowAsync<LedgerException>();
        failure.Kind.ShouldBe(FailureKind.Temporary);
        failure.Message.ShouldContain("in use by another process");
        await first.DisposeAsync();
        await _store.OpenFile();
    }

    [Fact]
    public async Task ThatIsNoDatabaseIsDamaged()
    {
        await File.WriteAllTextAsync(_store.File, new string('x', 20_000), Cancellation);
        var failure = await _store.OpenFile().ShouldThrowAsync<LedgerException>();
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("damaged");
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("customers")]
    [InlineData("transitions")]
    public async Task WithAnAlteredPageIsFoundDamaged(string table)
    {
        await (await SomeLedger(checkpoint: table == "customers")).DisposeAsync();
        using (var file = Database.Open(_store.File, readOnly: false))
        {
            var column = table == "customers" ? "state" : "page";
            file.Execute($"UPDATE {table} SET {column} = CAST('!' || substr({column}, 2) AS BLOB)");
        }

        var failure = await Should.ThrowAsync<LedgerException>(async () =>
        {
            var ledger = await _store.OpenFile(new LedgerLimits { RecentTransitionsMax = 1 });
            await ledger.Load(new Shopper("c1").Id, Cancellation);
            await ledger.Tail(LogPosition.Start, 10, Cancellation);
        });
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task InAFolderThatDoesNotExistIsSaid()
    {
        var failure = await _store.OpenFile(file: Path.Combine(_store.Folder, "none", "grid.db")).ShouldThrowAsync<LedgerException>();
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("folder");
    }

    private async Task<SqliteLedger> SomeLedger(bool checkpoint)
    {
        var ledger = await _store.OpenFile();
        for (var n = 0; n < 20; n++) await ledger.Commit(new Shopper($"c{n}").Buys(null, "journey - first"));
        if (!checkpoint) return ledger;
        await ledger.BeginCheckpoint();
        while (ledger.Statistics.Checkpoints == 0) await Task.Yield();
        return ledger;
    }
}
