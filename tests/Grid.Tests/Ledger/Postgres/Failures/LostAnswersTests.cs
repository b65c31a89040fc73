using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Model.Customers;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>A connection that breaks after the server has received a batch and before the ledger has the answer.</summary>
public sealed class LostAnswersTests : ServerOfItsOwn
{
    [Fact]
    public async Task GroupThatWasCommittedIsFoundAndNotWrittenAgain()
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var ledger = await Open(lanes: 1, connectionString: Through(proxy));
        await ledger.Commit(new Shopper("before").Buys());
        proxy.LoseNextAnswer();
        var outcome = await ledger.Commit(new Shopper("ada").Buys(null, "journey - first"));
        proxy.Lost.ShouldBe(1);
        outcome.ShouldBe(new Committed(new LogPosition(1)));
        await ShouldBeThereOnce(ledger);
    }

    [Fact]
    public async Task GroupThatNeverArrivedIsWritten()
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var ledger = await Open(lanes: 1, connectionString: Through(proxy));
        await ledger.Commit(new Shopper("before").Buys());
        proxy.LoseNextRequest();
        var outcome = await ledger.Commit(new Shopper("ada").Buys(null, "journey - first"));
        proxy.Lost.ShouldBe(1);
        outcome.ShouldBe(new Committed(new LogPosition(1)));
        await ShouldBeThereOnce(ledger);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ConnectionThatEndsWhileItIsOpenedIsOpenedAgain(int times)
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var ledger = await Open(lanes: 1, connectionString: Through(proxy));

        // The lane connects for its first batch. Earlier steps may still open connections of their own: the test waits until all have ended.
        await ledger.Fence(0);
        proxy.EndNextConnections(times);
        (await ledger.Commit(new Shopper("ada").Buys(null, "journey - first"))).ShouldBe(new Committed(new LogPosition(1)));
        await ShouldBeThereOnce(ledger);
    }

    [Fact]
    public async Task GroupThatTheServerStillWorksOnIsWaitedFor()
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var ledger = await Open(lanes: 1, connectionString: Through(proxy));
        await ledger.Commit(new Shopper("before").Buys());

        // The first attempt holds its row and waits for the lane; the second one will wait for the row.
        await using var holder = await Connection();
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await Run(holder, "SELECT FROM lanes FOR UPDATE");
        var commit = ledger.Commit(new Shopper("ada").Buys(null, "journey - first")).AsTask();
        await WaitedFor(holder);
        proxy.BreakAll();
        await Writing(2);
        commit.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Cancellation);
        (await commit).ShouldBe(new Committed(new LogPosition(1)));
        await ShouldBeThereOnce(ledger);
    }

    [Fact]
    public async Task GroupThatCannotBeFoundInTimeIsAnsweredAsUnknown()
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var ledger = await Open(lanes: 1, Through(proxy), new LedgerLimits { UncertainSeconds = 1 });
        await ledger.Commit(new Shopper("before").Buys());
        proxy.LoseNextAnswer(thenRefuse: true);
        var ada = new Shopper("ada");
        var change = ada.Buys(null, "journey - first");
        var failure = await Should.ThrowAsync<LedgerException>(async () => await ledger.Commit(change));
        ShouldBeUnavailable(failure);
        failure.Message.ShouldContain("outcome is unknown");

        // The change was written; a caller that sends it again gets a conflict.
        proxy.Accept();
        CommitOutcome? outcome = null;
        while (outcome is null)
        {
            try
            {
                outcome = await ledger.Commit(change);
            }
            catch (LedgerException again)
            {
                ShouldBeUnavailable(again);
            }
        }

        outcome.ShouldBeOfType<VersionConflict>().Actual.ShouldBe(1);
        await ShouldBeThereOnce(ledger);
    }

    private string Through(SocketProxy proxy) => new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Host = proxy.Folder }.ConnectionString;

    private static async Task ShouldBeThereOnce(PostgresLedger ledger)
    {
        (await ledger.Load(new CustomerId("ada"), Cancellation)).ShouldNotBeNull().Version.ShouldBe(1);
        await ledger.Fence(0);
        (await ledger.Tail(LogPosition.Start, 10, Cancellation)).Items.ShouldHaveSingleItem();
    }

    /// <summary>Returns when this many sessions are writing a batch.</summary>
    private async Task Writing(int sessions)
    {
        await using var connection = await Connection();
        const string Count = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%WITH updated AS%'";
        await using var command = new NpgsqlCommand(Count, connection);
        while ((long)(await command.ExecuteScalarAsync(Cancellation))! < sessions) await Task.Yield();
    }
}
