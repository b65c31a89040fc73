using Grid.Ledger;
using Grid.Model.Customers;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>A server that is reachable but refuses: read-only, out of connections, rolling transactions back.</summary>
public sealed class UnwillingServerTests : ServerOfItsOwn
{
    protected override string[] Settings => ["deadlock_timeout = 50ms", "max_connections = 30", "superuser_reserved_connections = 5"];

    [Fact]
    public async Task ThatTurnsReadOnlyTakesNothingUntilItTakesWritesAgain()
    {
        var ledger = await Open();
        var workload = new Workload(20);
        for (var n = 0; n < 20; n++) (await workload.Step(ledger)).ShouldBeNull();
        await Server.Execute("ALTER SYSTEM SET default_transaction_read_only = on");
        await Server.Execute("SELECT pg_reload_conf()");
        var failure = await FirstFailure(ledger, workload);
        ShouldBeUnavailable(failure);
        failure.Message.ShouldContain("25006");
        (await ledger.Load(new CustomerId("c001"), Cancellation)).ShouldNotBeNull();
        ShouldBeUnavailable(await Should.ThrowAsync<LedgerException>(
            async () => await ledger.Reject([new Reject(Shopper.Start, null, null, "no", "batch[0]", [])])));

        await using (var connection = await Connection())
        {
            await Run(connection, "SET default_transaction_read_only = off");
            await Run(connection, "ALTER SYSTEM RESET default_transaction_read_only");
            await Run(connection, "SELECT pg_reload_conf()");
        }

        await workload.Audit(ledger);
        for (var n = 0; n < 20; n++) (await workload.Step(ledger)).ShouldBeNull();
        await workload.Audit(ledger);
    }

    [Fact]
    public async Task ThatHasNoConnectionFreeIsUsedAgainWhenItHas()
    {
        await Server.Execute("CREATE ROLE clerk LOGIN; GRANT CREATE ON SCHEMA public TO clerk");
        var settings = new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Username = "clerk" };
        var ledger = await Open(connectionString: settings.ConnectionString);
        var workload = new Workload(20);
        for (var n = 0; n < 20; n++) (await workload.Step(ledger)).ShouldBeNull();

        var others = new List<NpgsqlConnection>();
        var taken = Task.Run(async () =>
        {
            // Takes every connection that the ledger releases for a moment.
            while (others.Count < 25)
            {
                try
                {
                    var connection = new NpgsqlConnection(settings.ConnectionString);
                    await connection.OpenAsync(Cancellation);
                    others.Add(connection);
                }
                catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
                {
                    await TerminateAll();
                }
            }
        }, Cancellation);
        var failure = await FirstFailure(ledger, workload);
        await taken;
        ShouldBeUnavailable(failure);
        failure.Message.ShouldContain("53300");
        foreach (var connection in others) await connection.DisposeAsync();
        await workload.Audit(ledger);
    }

    [Fact]
    public async Task ThatEndsADeadlockUndoesTheGroupWhichIsWrittenAgain()
    {
        // A waiter checks for a deadlock once, a fixed time after its wait began: the ledger's check must come while the other one waits too, and
        // first.
        await Server.Execute("ALTER DATABASE postgres SET deadlock_timeout = '4s'");
        var ledger = await Open(lanes: 1);
        var (ada, bob) = (new Shopper("ada"), new Shopper("bob"));
        (await ledger.Commit(ada.Buys())).ShouldBeOfType<Committed>();
        (await ledger.Commit(bob.Buys())).ShouldBeOfType<Committed>();
        await using var other = await Connection();
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await Run(other, "SET LOCAL deadlock_timeout = '60s'");
        await Run(other, "SELECT FROM lanes FOR UPDATE");
        var first = ledger.Commit(ada.Buys(null, "journey - first")).AsTask();
        await WaitedFor(other);

        // The batch holds the row of ada and waits for the lane; this transaction waits for the row of ada and holds the lane.
        await Run(other, "SELECT FROM customers WHERE id = 'ada' FOR UPDATE");
        await transaction.CommitAsync(Cancellation);
        (await first).ShouldBe(new Committed(new LogPosition(1)));
        (await Log()).ShouldContain("deadlock detected");
        (await ledger.Load(ada.Id, Cancellation)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    [Fact]
    public async Task ThatCannotSerializeUndoesTheGroupWhichIsWrittenAgain()
    {
        var ledger = await Open(lanes: 1);
        var ada = new Shopper("ada");
        (await ledger.Commit(ada.Buys())).ShouldBeOfType<Committed>();
        await Server.Execute("ALTER DATABASE postgres SET default_transaction_isolation = 'serializable'");
        await TerminateAll();
        await using var other = await Connection();
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await Run(other, "UPDATE lanes SET edition = edition");
        var first = ledger.Commit(ada.Buys(null, "journey - first")).AsTask();
        await WaitedFor(other);
        await transaction.CommitAsync(Cancellation);
        (await first).ShouldBe(new Committed(new LogPosition(1)));
        (await Log()).ShouldContain("could not serialize access");
    }

    /// <summary>The server's log so far.</summary>
    private Task<string> Log() => File.ReadAllTextAsync(Path.Combine(Server.Folder, "log"), Cancellation);
}
