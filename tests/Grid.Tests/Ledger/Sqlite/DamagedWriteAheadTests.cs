using Grid.Ledger.Sqlite;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>A damaged frame of SQLite's write-ahead log: SQLite drops it and all later ones, and the ledger reports it.</summary>
public sealed class DamagedWriteAheadTests : IAsyncDisposable
{
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24 + Database.PageBytes;
    private readonly SqliteStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task WithIntactTransactionsBehindIsSaidAndKept()
    {
        var copy = await Crashed();
        var before = await File.ReadAllBytesAsync($"{copy}-wal", TestContext.Current.CancellationToken);
        Flip($"{copy}-wal", HeaderBytes + (Frames(copy) / 2 * FrameBytes) + 100);
        (await DamageOf(copy)).ShouldNotBeNull().ShouldContain("answered events are lost");
        var kept = await File.ReadAllBytesAsync($"{copy}-wal.damaged-1", TestContext.Current.CancellationToken);
        kept.Length.ShouldBe(before.Length);
    }

    [Fact]
    public async Task ThatIsTheEndOfAWriteIsNothingToSay()
    {
        var copy = await Crashed();
        Flip($"{copy}-wal", HeaderBytes + ((Frames(copy) - 1) * FrameBytes) + 100);
        (await DamageOf(copy)).ShouldBeNull();
    }

    [Fact]
    public async Task ThatIsCutOffIsNothingToSay()
    {
        var copy = await Crashed();
        using (var file = File.OpenWrite($"{copy}-wal")) file.SetLength(file.Length - 1_000);
        (await DamageOf(copy)).ShouldBeNull();
    }

    [Fact]
    public async Task IsNotSeenWhereThereIsNone()
    {
        (await DamageOf(await Crashed())).ShouldBeNull();
    }

    /// <summary>Transactions one after the other, and the files as a crash leaves them.</summary>
    private async Task<string> Crashed()
    {
        var ledger = await _store.OpenFile();
        for (var n = 0; n < 20; n++) await ledger.Commit(new Shopper($"c{n}").Buys());
        return _store.CopyAsAfterCrash();
    }

    private static int Frames(string copy) => (int)((new FileInfo($"{copy}-wal").Length - HeaderBytes) / FrameBytes);

    private static void Flip(string path, int at)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }

    private static async Task<string?> DamageOf(string copy)
    {
        await using var ledger = new SqliteLedger(new SqliteLedgerOptions(copy));
        await ledger.Open(TestContext.Current.CancellationToken);
        await ledger.Recovered;
        return ledger.Statistics.Damage;
    }
}
