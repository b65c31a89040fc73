using Grid.Ledger;
using Grid.Ledger.Outbox;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>The outbox of a database to which many processes write.</summary>
public sealed class OutboxInADatabaseTests : IAsyncDisposable
{
    private readonly PostgresStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task NumbersARowAfterEarlierOnesOfItsEndpointAreCommitted()
    {
        var outbox = new Outbox(await _store.OpenDatabase(), new LedgerLimits());
        await using var holder = await Connection();
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var locking = new NpgsqlCommand(SqlFiles.Postgres.Of("deliveries-lock"), holder))
        {
            locking.Parameters.Add(new NpgsqlParameter { Value = new[] { "e" } });
            await locking.ExecuteNonQueryAsync(Cancellation);
        }

        var waiting = outbox.Record("t", null, "1", [], [Deliveries.Row(1)], Cancellation);
        (await outbox.Record("u", null, "1", [], [Deliveries.Row(2, "u", "f")], Cancellation)).ShouldBeTrue();
        await Blocked(by: holder);
        waiting.IsCompleted.ShouldBeFalse();
        (await outbox.Pending("e", 0, 10, Cancellation)).ShouldBeEmpty();

        await transaction.CommitAsync(Cancellation);
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task OneOfTwoProcessesAdvancesATrigger()
    {
        Outbox[] outboxes = [new(await _store.OpenDatabase(), new LedgerLimits()), new(await _store.OpenDatabase(), new LedgerLimits())];

        for (var round = 1; round <= 20; round++)
        {
            var (after, position, number) = (round == 1 ? null : $"{round - 1}", $"{round}", round * 2);
            var recorded = await Task.WhenAll(outboxes.Select((outbox, index) => outbox.Record(
                "t", after, position, [(byte)index], [Deliveries.Row(number + index)], Cancellation)));
            recorded.Count(succeeded => succeeded).ShouldBe(1);
        }

        (await outboxes[0].Counts("t", Cancellation)).ShouldHaveSingleItem().Count.ShouldBe(20);
    }

    [Theory]
    [InlineData("SELECT * FROM deliveries WHERE endpoint = 'e' AND status = 0 AND number > 5 ORDER BY number LIMIT 9", "deliveries_pending")]
    [InlineData("SELECT * FROM deliveries WHERE number < 9 AND endpoint = 'e' AND status = 2 ORDER BY number DESC LIMIT 9", "deliveries_parked")]
    [InlineData("SELECT * FROM deliveries WHERE trigger = 't' AND number < 9 ORDER BY number DESC LIMIT 9", "deliveries_by_trigger")]
    [InlineData("SELECT * FROM deliveries WHERE customer = 'c' AND number < 9 ORDER BY number DESC LIMIT 9", "deliveries_by_customer")]
    [InlineData(
        "SELECT number FROM deliveries WHERE status NOT IN (0, 2) AND changed_at < 9 ORDER BY changed_at, number LIMIT 9",
        "Index Only Scan using deliveries_settled")]
    public async Task IsReadByItsIndexes(string sql, string index)
    {
        await _store.OpenDatabase();
        await SharedPostgres.Execute(await _store.ConnectionString(), """
            INSERT INTO deliveries (id, trigger, endpoint, customer, sequence, status, due_at, created_at, effective_at, changed_at, payload)
            SELECT n, 't' || n % 50, 'e' || n % 20, 'c' || n % 3000, n, CASE WHEN n % 100 = 0 THEN 0 WHEN n % 100 = 1 THEN 2 ELSE 1 END, n, n, n, n, ''
            FROM generate_series(1, 20000) AS n
            """);
        await SharedPostgres.Execute(await _store.ConnectionString(), "VACUUM ANALYZE deliveries");
        await using var connection = await Connection();
        await using var explaining = new NpgsqlCommand($"EXPLAIN {sql}", connection);
        await using var reader = await explaining.ExecuteReaderAsync(Cancellation);
        var plan = new List<string>();
        while (await reader.ReadAsync(Cancellation)) plan.Add(reader.GetString(0));
        string.Join('\n', plan).ShouldContain(index);
    }

    private async Task<NpgsqlConnection> Connection()
    {
        var connection = new NpgsqlConnection(await _store.ConnectionString());
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private async Task Blocked(NpgsqlConnection by)
    {
        await using var connection = await Connection();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = by.ProcessID });
        while ((long)(await command.ExecuteScalarAsync(Cancellation))! == 0) await Task.Yield();
    }
}
