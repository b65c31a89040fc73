using System.Text;
using Grid.Ledger;
using Grid.Ledger.Outbox;
using Grid.Ledger.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>A connection that breaks while the outbox writes, before or after the server has committed.</summary>
public sealed class LostOutboxAnswersTests : ServerOfItsOwn
{
    [Theory]
    [InlineData("INSERT INTO deliveries", false)]
    [InlineData("INSERT INTO deliveries", true)]
    [InlineData("COMMIT", false)]
    [InlineData("COMMIT", true)]
    public async Task RecordIsRepeatedAndStoredOnce(string sought, bool arrives)
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var outbox = new Outbox(await Through(proxy), new LedgerLimits());
        (await outbox.Record("t", null, "1", [1], [Deliveries.Row(1)], Cancellation)).ShouldBeTrue();
        Lose(proxy, sought, arrives);

        (await outbox.Record("t", "1", "2", [2], [Deliveries.Row(2), Deliveries.Row(3)], Cancellation)).ShouldBeTrue();

        proxy.Lost.ShouldBe(1);
        (await outbox.Position("t", Cancellation)).ShouldNotBeNull().Position.ShouldBe("2");
        (await outbox.Pending("e", 0, 10, Cancellation)).Select(stored => stored.Row.Id).ShouldBe(["1", "2", "3"]);
    }

    [Theory]
    [InlineData("COMMIT", false)]
    [InlineData("COMMIT", true)]
    public async Task SettlementIsRepeated(string sought, bool arrives)
    {
        await using var proxy = new SocketProxy(Server.Folder);
        var outbox = new Outbox(await Through(proxy), new LedgerLimits());
        await outbox.Record("t", null, "1", [1], [Deliveries.Row(1), Deliveries.Row(2)], Cancellation);
        var numbers = (await outbox.Pending("e", 0, 10, Cancellation)).Select(stored => stored.Number).ToList();
        Lose(proxy, sought, arrives);

        await outbox.Settle(
            [Deliveries.Settled(numbers[0], DeliveryStatus.Delivered), Deliveries.Settled(numbers[1], DeliveryStatus.Parked)], Cancellation);

        proxy.Lost.ShouldBe(1);
        (await outbox.Counts("t", Cancellation)).Select(count => (count.Status, count.Count)).ShouldBe(
            [(DeliveryStatus.Delivered, 1), (DeliveryStatus.Parked, 1)]);
    }

    private static void Lose(SocketProxy proxy, string sought, bool arrives)
    {
        proxy.Seek(Encoding.ASCII.GetBytes(sought));
        if (arrives) proxy.LoseNextAnswer();
        else proxy.LoseNextRequest();
    }

    private Task<PostgresLedger> Through(SocketProxy proxy) => Open(
        lanes: 1, new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Host = proxy.Folder, MaxAutoPrepare = 0 }.ConnectionString);
}
