using System.Text;
using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>The bytes of the files contain no trace of an erased person.</summary>
public sealed class ErasedCustomerTests : IAsyncDisposable
{
    private const string Name = "ada.lovelace@example.com";
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LeavesNoTraceInTheFiles(bool checkpointBetween)
    {
        var ledger = await _store.OpenFile();
        var ada = new Shopper(Name);
        var others = Enumerable.Range(0, 30).Select(n => new Shopper($"c{n}")).ToArray();
        for (var turn = 0; turn < 10; turn++)
        {
            await Task.WhenAll(others.Append(ada).Select(shopper => ledger.Commit(shopper.Buys(null, "journey - first")).AsTask()));
            if (turn == 6 && checkpointBetween) await Checkpointed(ledger);
        }

        await ledger.Reject([new Reject(Shopper.Start, Name, null, "no", "batch[0]", Encoding.UTF8.GetBytes(Name))]);
        (await InFiles()).ShouldBeTrue();
        (await ledger.Erase(ada.Id, Cancellation)).ShouldBeTrue();
        (await InFiles()).ShouldBeFalse();
        await ledger.DisposeAsync();

        var again = await _store.OpenFile();
        (await again.Load(ada.Id, Cancellation)).ShouldBeNull();
        foreach (var other in others) (await again.Load(other.Id, Cancellation)).ShouldNotBeNull().Version.ShouldBe(10);
        (await again.Tail(LogPosition.Start, 1_000, Cancellation)).Items.Count.ShouldBe(310);
    }

    [Fact]
    public async Task WhoseErasureACrashCutOffIsFinishedAtTheNextStart()
    {
        var ledger = await _store.OpenFile();
        await ledger.Commit(new Shopper(Name).Buys(null, "journey - first"));
        await ledger.DisposeAsync();
        using (var file = Database.Open(_store.File, readOnly: false))
            file.Execute($"INSERT INTO erasures (customer, head) VALUES ('{Name}', 1)");
        var again = await _store.OpenFile();
        (await again.Tail(LogPosition.Start, 10, Cancellation)).Items.ShouldHaveSingleItem().Transition.Customer
            .ShouldBe(new CustomerId("erased:1"));
    }

    private static async Task Checkpointed(SqliteLedger ledger)
    {
        await ledger.BeginCheckpoint();
        while (ledger.Statistics.Checkpoints == 0) await Task.Yield();
    }

    private async Task<bool> InFiles()
    {
        var name = Encoding.UTF8.GetBytes(Name);
        foreach (var ending in new[] { "", "-wal" })
        {
            await using var stream = new FileStream(_store.File + ending, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, Cancellation);
            if (bytes.AsSpan().IndexOf(name) >= 0) return true;
        }

        return false;
    }
}
