using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>Statements of Orleans' storage provider in the file that the lane writes.</summary>
public sealed class StatesBesideTheLaneTests : IAsyncDisposable
{
    private const int StateBytes = 100_000;
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task AreWrittenWhileItWritesWithoutPause()
    {
        var ledger = await _store.OpenFile();
        using var stopping = new CancellationTokenSource();
        var committing = Enumerable.Range(0, 32).Select(n => Task.Run(
            async () =>
            {
                var shopper = new Shopper($"c{n}");
                while (!stopping.IsCancellationRequested) (await ledger.Commit(shopper.Buys())).ShouldBeOfType<Committed>();
            },
            Cancellation)).ToList();

        for (var round = 0; round < 3; round++)
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => Write(ledger, n), Cancellation)));

        await stopping.CancelAsync();
        await Task.WhenAll(committing);
        (await ((IStateDatabase)ledger).Number("SELECT sum(version) FROM grain_states")).ShouldBe(60);
    }

    [Fact]
    public async Task DoNotMakeTheWriteAheadLogGrowForEver()
    {
        var limits = new LedgerLimits { WriteAheadBytesMax = 1024 * 1024 };
        var ledger = await _store.OpenFile(limits);

        for (var n = 0; n < 200; n++) await Write(ledger, n % 3);

        new FileInfo(_store.File + "-wal").Length.ShouldBeLessThan(8 * limits.WriteAheadBytesMax);
    }

    [Fact]
    public async Task ThatAreNeverRunHoldUpNobodyForLong()
    {
        var ledger = await _store.OpenFile(new LedgerLimits { LanePauseMillisecondsMax = 20 });
        await using var kept = await ((IStateDatabase)ledger).Connections.OpenConnectionAsync(Cancellation);

        (await ledger.Commit(new Shopper("c").Buys())).ShouldBeOfType<Committed>();
    }

    [Fact]
    public async Task FailOnceTheLedgerIsClosed()
    {
        var ledger = await _store.OpenFile();
        await ledger.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await ((IStateDatabase)ledger).Connections.OpenConnectionAsync(Cancellation));
    }

    private static async Task Write(SqliteLedger ledger, int number)
    {
        await using var connection = (SqliteConnection)await ((IStateDatabase)ledger).Connections.OpenConnectionAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO grain_states VALUES ('grid', 'segment', 0, 0, @key, 1, @payload) "
            + "ON CONFLICT DO UPDATE SET version = version + 1, payload = excluded.payload";
        command.Parameters.AddWithValue("@key", $"{number}");
        command.Parameters.AddWithValue("@payload", new byte[StateBytes]);
        (await command.ExecuteNonQueryAsync(Cancellation)).ShouldBe(1);
    }
}
