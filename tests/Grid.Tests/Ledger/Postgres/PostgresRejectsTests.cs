using Grid.Ledger;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

public sealed class PostgresRejectsTests : IAsyncDisposable
{
    private readonly PostgresStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task CallersThatArriveWhileABatchIsWrittenShareTheNext()
    {
        const int Callers = 50;
        var ledger = await _store.OpenDatabase();
        await using var holder = await Connection();
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var locking = new NpgsqlCommand("UPDATE counters SET value = value WHERE name = 'rejects'", holder))
            await locking.ExecuteNonQueryAsync(Cancellation);

        var first = ledger.Reject([Some(0)]).AsTask();
        await Blocked(by: holder);
        var others = Enumerable.Range(1, Callers).Select(number => ledger.Reject([Some(number)]).AsTask()).ToArray();
        await transaction.CommitAsync(Cancellation);
        await Task.WhenAll([first, .. others]);

        (await ledger.Rejects(0, 1_000, Cancellation)).Select(kept => kept.Item.Reason).Order()
            .ShouldBe(Enumerable.Range(0, Callers + 1).Select(number => $"{number}").Order());

        // Rows of one transaction carry its number.
        (await Number("SELECT count(DISTINCT xmin::text) FROM rejects")).ShouldBe(2);
    }

    [Fact]
    public async Task FailedBatchFailsItsCallersAndNotTheNext()
    {
        var ledger = await _store.OpenDatabase();
        await SharedPostgres.Execute(await _store.ConnectionString(), "ALTER TABLE rejects RENAME TO away");
        var failing = Enumerable.Range(0, 3).Select(number => ledger.Reject([Some(number)]).AsTask()).ToArray();
        foreach (var call in failing) await Should.ThrowAsync<LedgerException>(call);
        await SharedPostgres.Execute(await _store.ConnectionString(), "ALTER TABLE away RENAME TO rejects");
        await ledger.Reject([Some(9)]);
        (await ledger.Rejects(0, 10, Cancellation)).ShouldHaveSingleItem().Item.Reason.ShouldBe("9");
    }

    [Fact]
    public async Task ErasureFindsTheRejectsOfACustomerByAnIndex()
    {
        await _store.OpenDatabase();
        await SharedPostgres.Execute(await _store.ConnectionString(), """
            INSERT INTO rejects SELECT n, 0, 'c' || n, NULL, 'no', 'batch[0]', decode(repeat('00', 500), 'hex') FROM generate_series(1, 20000) n
            """);
        await SharedPostgres.Execute(await _store.ConnectionString(), "ANALYZE rejects");
        await using var connection = await Connection();
        await using var explaining = new NpgsqlCommand($"EXPLAIN {SqlFiles.Postgres.Of("rejects-of-customer-remove")}", connection);
        explaining.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "c7" });
        var plan = new List<string>();
        await using var reader = await explaining.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation)) plan.Add(reader.GetString(0));
        string.Join('\n', plan).ShouldContain("rejects_by_customer");
    }

    private static Reject Some(int number) => new(Shopper.Start, "ada", null, $"{number}", "batch[0]", []);

    private async Task<NpgsqlConnection> Connection()
    {
        var connection = new NpgsqlConnection(await _store.ConnectionString());
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private async Task Blocked(NpgsqlConnection by)
    {
        while (await Number($"SELECT count(*) FROM pg_stat_activity WHERE {by.ProcessID} = ANY (pg_blocking_pids(pid))") == 0) await Task.Yield();
    }

    private async Task<long> Number(string query)
    {
        await using var connection = await Connection();
        await using var command = new NpgsqlCommand(query, connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
