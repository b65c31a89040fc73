using Grid.Ledger;
using Grid.Ledger.Log;
using Grid.Ledger.Postgres;
using Grid.Ledger.Postgres.Following;
using Grid.Ledger.Postgres.Lanes;
using Grid.Model.Customers;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>
/// Two batches of one lane, written by two processes: the first has its number but is not committed when the second is written. A reader reads after
/// each step, from its last position.
/// </summary>
public sealed class InterleavedGroupsTests : IAsyncDisposable
{
    private readonly PostgresStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task ReaderOfALaneMissesNothing()
    {
        var ledger = await _store.OpenDatabase();
        await using var other = await Connection();
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        (await Write(other, new Shopper("early").Buys(null, "journey - first"))).ShouldBe(1);

        var late = ledger.Commit(new Shopper("late").Buys(null, "journey - first")).AsTask();
        await WaitedFor(other);
        late.IsCompleted.ShouldBeFalse();
        var first = await ledger.Tail(LogPosition.Start, 10, Cancellation);
        first.Items.ShouldBeEmpty();

        await transaction.CommitAsync(Cancellation);
        (await late).ShouldBe(new Committed(new LogPosition(2)));
        var second = await Reading(ledger, first.Next, 2);
        second.Select(item => (item.Sequence, item.Transition.Customer.Value)).ShouldBe([(1, "early"), (2, "late")]);
    }

    [Fact]
    public async Task GroupThatIsUndoneLeavesNoGap()
    {
        var ledger = await _store.OpenDatabase();
        await using var other = await Connection();
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await Write(other, new Shopper("early").Buys(null, "journey - first"));
        var late = ledger.Commit(new Shopper("late").Buys(null, "journey - first")).AsTask();
        await WaitedFor(other);
        await transaction.RollbackAsync(Cancellation);
        (await late).ShouldBe(new Committed(new LogPosition(1)));
    }

    /// <summary>
    /// The same steps with numbers from a sequence, which needs no lock: the reader then misses the first batch for ever. The lock of the lane
    /// prevents this.
    /// </summary>
    [Fact]
    public async Task ReaderOfASequenceMissesTheLateOne()
    {
        await using var early = await Connection();
        await using var late = await Connection();
        await Run(late, "CREATE TABLE sequenced (number bigserial PRIMARY KEY, customer text NOT NULL)");
        await using var transaction = await early.BeginTransactionAsync(Cancellation);
        await Run(early, "INSERT INTO sequenced (customer) VALUES ('early')");
        await Run(late, "INSERT INTO sequenced (customer) VALUES ('late')");
        var (first, position) = await Sequenced(late, 0);
        first.ShouldBe(["late"]);
        position.ShouldBe(2);

        await transaction.CommitAsync(Cancellation);
        var (second, _) = await Sequenced(late, position);
        second.ShouldBeEmpty();
    }

    /// <summary>The statement that a ledger of another process sends.</summary>
    private static async Task<long> Write(NpgsqlConnection connection, CustomerChange change)
    {
        var transitions = new TransitionPage();
        transitions.Begin(change.Transitions.Count, change.Transitions[0].RecordedAt);
        foreach (var transition in change.Transitions) transitions.Add(transition);
        transitions.End();
        var customers = new CustomerPage();
        customers.Begin(1);
        customers.Add(CommittedCustomer.From(change));
        customers.End();
        var (updated, inserted) = (new RowArrays(), new RowArrays());
        inserted.Add(change);
        updated.End();
        inserted.End();
        await using var command = Database.Statement(connection, "group-write", [
            .. updated.Parameters,
            .. inserted.Parameters,
            Database.Value((short)0),
            Database.Value(0L),
            Database.Value((long)change.Transitions.Count),
            Database.Value(transitions.Written.ToArray()),
            Database.Value(customers.Written.ToArray()),
            Database.Value(1_000L),
            Database.Value(1L),
            Database.Value(1L)]);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<(List<string> Customers, long Position)> Sequenced(NpgsqlConnection connection, long after)
    {
        await using var command = new NpgsqlCommand("SELECT number, customer FROM sequenced WHERE number > $1 ORDER BY number", connection)
        {
            Parameters = { Database.Value(after) },
        };
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var customers = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            after = reader.GetInt64(0);
            customers.Add(reader.GetString(1));
        }

        return (customers, after);
    }

    private static async Task<List<LoggedTransition>> Reading(PostgresLedger ledger, LogPosition after, int count)
    {
        var items = new List<LoggedTransition>();
        while (items.Count < count)
        {
            var page = await ledger.Tail(after, 10, Cancellation);
            items.AddRange(page.Items);
            after = page.Next;
        }

        return items;
    }

    private async Task<NpgsqlConnection> Connection()
    {
        var connection = new NpgsqlConnection(await _store.ConnectionString());
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    /// <summary>Returns when another session waits for the transaction of a connection.</summary>
    private async Task WaitedFor(NpgsqlConnection holder)
    {
        await using var connection = await Connection();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", connection)
        {
            Parameters = { Database.Value(holder.ProcessID) },
        };
        while ((long)(await command.ExecuteScalarAsync(Cancellation))! == 0) await Task.Yield();
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
