using System.Text;
using Grid.Ledger;
using Grid.Ledger.Outbox;
using Grid.Ledger.Sqlite;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>The outbox over restarts of its file, and beside the lane that writes it.</summary>
public sealed class OutboxInAFileTests : IAsyncDisposable
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task HoldsWhatItHeldBeforeARestart()
    {
        var ledger = await _store.OpenFile();
        await Record(Of(ledger), null, "1", 0, 3);
        await Of(ledger).Settle([Deliveries.Settled(2, DeliveryStatus.Delivered)], Cancellation);
        await ledger.DisposeAsync();

        var outbox = Of(await _store.OpenFile());

        (await outbox.Position("t", Cancellation)).ShouldNotBeNull().Position.ShouldBe("1");
        (await outbox.Pending("e", 0, 10, Cancellation)).Select(stored => stored.Row.Id).ShouldBe(["0", "2"]);
        await Record(outbox, "1", "2", 3, 1);
        (await outbox.Find("3", Cancellation)).ShouldNotBeNull().Number.ShouldBe(4);
    }

    [Fact]
    public async Task HoldsRowsAfterACrash()
    {
        var ledger = await _store.OpenFile();
        await Record(Of(ledger), null, "1", 0, 3);

        var outbox = Of(await _store.OpenFile(file: _store.CopyAsAfterCrash()));

        (await outbox.Pending("e", 0, 10, Cancellation)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task IsWrittenWhileTheLaneWritesWithoutPause()
    {
        var ledger = await _store.OpenFile();
        var outbox = Of(ledger);
        using var stopping = new CancellationTokenSource();
        var committing = Enumerable.Range(0, 32).Select(n => Task.Run(
            async () =>
            {
                var shopper = new Shopper($"c{n}");
                while (!stopping.IsCancellationRequested) (await ledger.Commit(shopper.Buys())).ShouldBeOfType<Committed>();
            },
            Cancellation)).ToList();

        string? position = null;
        for (var batch = 0; batch < 10; batch++)
        {
            await Record(outbox, position, position = $"{batch}", batch * 200, 200);
            var pending = await outbox.Pending("e", 0, 1_000, Cancellation);
            pending.Count.ShouldBe(200);
            await outbox.Settle([.. pending.Select(stored => Deliveries.Settled(stored.Number, DeliveryStatus.Delivered))], Cancellation);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(committing);
        (await outbox.Counts("t", Cancellation)).ShouldBe([new DeliveryCount("t", "e", DeliveryStatus.Delivered, 2_000)]);
    }

    [Fact]
    public async Task KeepsNoTraceOfAnErasedPerson()
    {
        const string Name = "ada.lovelace@example.com";
        var ledger = await _store.OpenFile();
        var rows = Enumerable.Range(0, 300).Select(number => Deliveries.Row(number, customer: number % 3 == 0 ? Name : "c")).Select(row =>
            row with { Payload = Encoding.UTF8.GetBytes(row.Customer.Value) });
        await Of(ledger).Record("t", null, "1", [], [.. rows], Cancellation);
        InFiles(Name).ShouldBeTrue();

        await ledger.Erase(new(Name), Cancellation);

        InFiles(Name).ShouldBeFalse();
        (await Of(ledger).Pending("e", 0, 1_000, Cancellation)).Count.ShouldBe(200);
    }

    [Theory]
    [InlineData("SELECT * FROM deliveries WHERE endpoint = 'e' AND status = 0 AND number > 5 ORDER BY number LIMIT 9", "deliveries_pending")]
    [InlineData("SELECT * FROM deliveries WHERE number < 9 AND endpoint = 'e' AND status = 2 ORDER BY number DESC LIMIT 9", "deliveries_parked")]
    [InlineData("SELECT * FROM deliveries WHERE number < 9 AND trigger = 't' ORDER BY number DESC LIMIT 9", "deliveries_by_trigger")]
    [InlineData("SELECT * FROM deliveries WHERE number < 9 AND customer = 'c' ORDER BY number DESC LIMIT 9", "deliveries_by_customer")]
    [InlineData(
        "SELECT trigger, endpoint, status, count(*) FROM deliveries WHERE 1 = 1 AND trigger = 't' GROUP BY trigger, endpoint, status",
        "COVERING INDEX deliveries_by_trigger")]
    [InlineData(
        "SELECT number FROM deliveries WHERE status NOT IN (0, 2) AND changed_at < 9 ORDER BY changed_at, number LIMIT 9",
        "deliveries_settled")]
    [InlineData("SELECT * FROM deliveries WHERE number < 9 AND endpoint = 'e' ORDER BY number DESC LIMIT 9", "deliveries_by_endpoint")]
    public async Task IsReadByItsIndexes(string sql, string index)
    {
        await using var connection = await ((IStateDatabase)await _store.OpenFile()).Connections.OpenConnectionAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = new StringBuilder();
        while (await reader.ReadAsync(Cancellation)) plan.AppendLine(reader.GetString(3));
        plan.ToString().ShouldContain(index);
        plan.ToString().ShouldNotContain("FOR ORDER BY");
    }

    private static Outbox Of(SqliteLedger ledger) => new(ledger, new LedgerLimits());

    private static async Task Record(Outbox outbox, string? after, string position, int first, int count)
    {
        OutboxRow[] rows = [.. Enumerable.Range(first, count).Select(number => Deliveries.Row(number))];
        (await outbox.Record("t", after, position, [], rows, Cancellation)).ShouldBeTrue();
    }

    private bool InFiles(string name) => new[] { "", "-wal" }.Any(ending =>
    {
        using var stream = new FileStream(_store.File + ending, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0;
    });
}
