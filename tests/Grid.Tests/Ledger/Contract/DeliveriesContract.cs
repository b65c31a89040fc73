using Grid.Ledger;
using Grid.Ledger.Outbox;
using Grid.Model.Customers;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

/// <summary>The rows of the outbox over their lifetime: lists, replays, counts, summaries and erasure.</summary>
public abstract class DeliveriesContract : LedgerContract
{
    private static readonly Instant Later = Deliveries.At.Plus(60_000);

    private protected DeliveriesContract(ILedgerStore store)
        : base(store)
    {
    }

    protected override LedgerLimits Limits => new() { OutboxBatchRowsMax = 8 };

    private Outbox Outbox => field ??= new Outbox((IStateDatabase)Ledger, Limits);

    [Fact]
    public async Task ListIsNewestFirstAndFiltered()
    {
        await Recorded(
            Deliveries.Row(1, "t", "e", "ada"),
            Deliveries.Row(2, "t", "f", "bob", DeliveryStatus.Capped),
            Deliveries.Row(3, "u", "e", "ada", DeliveryStatus.HeldOut),
            Deliveries.Row(4, "u", "f", "bob"));

        (await Ids(new DeliveryFilter())).ShouldBe(["4", "3", "2", "1"]);
        (await Ids(new DeliveryFilter { Trigger = "t" })).ShouldBe(["2", "1"]);
        (await Ids(new DeliveryFilter { Endpoint = "f" })).ShouldBe(["4", "2"]);
        (await Ids(new DeliveryFilter { Customer = new CustomerId("ada") })).ShouldBe(["3", "1"]);
        (await Ids(new DeliveryFilter { Status = DeliveryStatus.Pending })).ShouldBe(["4", "1"]);
        (await Ids(new DeliveryFilter { Id = "3" })).ShouldBe(["3"]);
        (await Ids(new DeliveryFilter { Trigger = "u", Endpoint = "f", Customer = new CustomerId("bob"), Status = DeliveryStatus.Pending })).ShouldBe(["4"]);
        (await Ids(new DeliveryFilter { Trigger = "u", Status = DeliveryStatus.Parked })).ShouldBeEmpty();
        (await Ids(new DeliveryFilter { Trigger = "t' OR '1' = '1" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListGoesOnBeforeTheLastSeen()
    {
        await Recorded([.. Enumerable.Range(1, 5).Select(number => Deliveries.Row(number))]);

        var first = await Outbox.List(new DeliveryFilter { Trigger = "t" }, long.MaxValue, 2, Cancellation);
        var rest = await Outbox.List(new DeliveryFilter { Trigger = "t" }, first[^1].Number, 10, Cancellation);

        first.Concat(rest).Select(stored => stored.Row.Id).ShouldBe(["5", "4", "3", "2", "1"]);
    }

    [Fact]
    public async Task ReplayedRowsArePendingAsAtFirst()
    {
        await Recorded(Deliveries.Row(1), Deliveries.Row(2, endpoint: "f"), Deliveries.Row(3));
        foreach (var id in new[] { "1", "2", "3" }) await Settled(id, id == "3" ? DeliveryStatus.Delivered : DeliveryStatus.Parked);

        (await Outbox.Replay(new DeliveryFilter { Endpoint = "e" }, Later, Cancellation)).ShouldBe(1);

        var replayed = (await Outbox.Pending("e", 0, 10, Cancellation)).ShouldHaveSingleItem();
        (replayed.Row.Id, replayed.Row.DueAt, replayed.ChangedAt, replayed.Attempts, replayed.Row.Reason).ShouldBe(("1", Later, Later, 0, null));
        (await Outbox.Pending("f", 0, 10, Cancellation)).ShouldBeEmpty();
        (await Outbox.Replay(new DeliveryFilter(), Later, Cancellation)).ShouldBe(1);
        (await Outbox.Replay(new DeliveryFilter(), Later, Cancellation)).ShouldBe(0);
    }

    [Theory]
    [InlineData(DeliveryStatus.Parked, 1)]
    [InlineData(DeliveryStatus.Delivered, 1)]
    [InlineData(DeliveryStatus.Dropped, 1)]
    [InlineData(DeliveryStatus.Pending, 0)]
    [InlineData(DeliveryStatus.HeldOut, 0)]
    [InlineData(DeliveryStatus.Capped, 0)]
    [InlineData(DeliveryStatus.NoConsent, 0)]
    [InlineData(DeliveryStatus.Cancelled, 0)]
    public async Task RowIsReplayedByIdWhereItWasOrMayBeSent(DeliveryStatus status, int replayed)
    {
        await Recorded(Deliveries.Row(1, status: status), Deliveries.Row(2, status: status));

        (await Outbox.Replay(new DeliveryFilter { Id = "1" }, Later, Cancellation)).ShouldBe(replayed);

        (await Outbox.Find("1", Cancellation)).ShouldNotBeNull().Row.Status.ShouldBe(replayed == 1 ? DeliveryStatus.Pending : status);
        (await Outbox.Find("2", Cancellation)).ShouldNotBeNull().Row.Status.ShouldBe(status);
    }

    [Fact]
    public async Task ReplayTakesMoreThanABatch()
    {
        foreach (var batch in Enumerable.Range(1, 21).Chunk(8))
            await Recorded([.. batch.Select(number => Deliveries.Row(number, status: DeliveryStatus.Parked))]);

        (await Outbox.Replay(new DeliveryFilter { Trigger = "t" }, Later, Cancellation)).ShouldBe(21);

        (await Outbox.Pending("e", 0, 100, Cancellation)).Count.ShouldBe(21);
    }

    [Fact]
    public async Task RemovedTriggerHasNoPositionAndItsPendingRowsAreDropped()
    {
        foreach (var batch in Enumerable.Range(1, 19).Chunk(8)) await Recorded([.. batch.Select(number => Deliveries.Row(number))]);
        await Recorded(Deliveries.Row(20, status: DeliveryStatus.Parked), Deliveries.Row(21, "u"));

        await Outbox.RemoveTrigger("t", "The trigger was deleted.", Later, Cancellation);

        (await Outbox.Position("t", Cancellation)).ShouldBeNull();
        (await Outbox.Position("u", Cancellation)).ShouldNotBeNull();
        (await Outbox.Pending("e", 0, 100, Cancellation)).Select(stored => stored.Row.Id).ShouldBe(["21"]);
        (await Outbox.Counts("t", Cancellation)).ShouldBe(
            [new DeliveryCount("t", "e", DeliveryStatus.Parked, 1), new DeliveryCount("t", "e", DeliveryStatus.Dropped, 19)]);
        var dropped = (await Outbox.Find("19", Cancellation)).ShouldNotBeNull();
        (dropped.Row.Reason, dropped.ChangedAt).ShouldBe(("The trigger was deleted.", Later));
    }

    [Fact]
    public async Task SummarisedRowsAreGoneAndStillCounted()
    {
        var day = new Instant(1_700_006_400_000); // 2023-11-15T00:00:00Z
        await Recorded(
            Deliveries.Row(1, status: DeliveryStatus.HeldOut) with { CreatedAt = day.Plus(-1) },
            Deliveries.Row(2, status: DeliveryStatus.HeldOut) with { CreatedAt = day },
            Deliveries.Row(3, status: DeliveryStatus.HeldOut) with { CreatedAt = day.Plus(1) },
            Deliveries.Row(4, status: DeliveryStatus.Capped) with { CreatedAt = day },
            Deliveries.Row(5, "u", status: DeliveryStatus.Capped) with { CreatedAt = day },
            Deliveries.Row(6) with { CreatedAt = day },
            Deliveries.Row(7, status: DeliveryStatus.Parked) with { CreatedAt = day },
            Deliveries.Row(8, status: DeliveryStatus.Capped) with { CreatedAt = Later.Plus(90_000_000) });
        var before = await Outbox.Counts(null, Cancellation);

        (await Outbox.Summarise(day.Plus(2), 3, Cancellation)).ShouldBe(3);
        (await Outbox.Counts(null, Cancellation)).ShouldBe(before);
        (await Outbox.Summarise(day.Plus(2), 3, Cancellation)).ShouldBe(2);
        (await Outbox.Summarise(day.Plus(2), 3, Cancellation)).ShouldBe(0);

        (await Outbox.Counts(null, Cancellation)).ShouldBe(before);
        (await Ids(new DeliveryFilter())).ShouldBe(["8", "7", "6"]);
        (await Stored("SELECT count(*) FROM delivery_days")).ShouldBe(4);
        (await Stored($"SELECT total FROM delivery_days WHERE trigger = 't' AND status = 3 AND day = {day.Milliseconds}")).ShouldBe(2);
        (await Stored($"SELECT total FROM delivery_days WHERE trigger = 't' AND status = 3 AND day = {day.Plus(-86_400_000).Milliseconds}")).ShouldBe(1);
    }

    [Fact]
    public async Task RowIsSummarisedByItsLastChange()
    {
        await Recorded(Deliveries.Row(1));
        await Settled("1", DeliveryStatus.Delivered);
        var settled = (await Outbox.Find("1", Cancellation)).ShouldNotBeNull().ChangedAt;

        (await Outbox.Summarise(settled, 8, Cancellation)).ShouldBe(0);
        (await Outbox.Summarise(settled.Plus(1), 8, Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task CountsAreOfOneTriggerOrOfAll()
    {
        await Recorded(Deliveries.Row(1), Deliveries.Row(2), Deliveries.Row(3, endpoint: "f"), Deliveries.Row(4, "u", status: DeliveryStatus.NoConsent));

        (await Outbox.Counts("t", Cancellation)).ShouldBe(
            [new DeliveryCount("t", "e", DeliveryStatus.Pending, 2), new DeliveryCount("t", "f", DeliveryStatus.Pending, 1)]);
        (await Outbox.Counts(null, Cancellation)).Sum(count => count.Count).ShouldBe(4);
        (await Outbox.Counts("v", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ErasedCustomerHasNoRowsOfAnyStatusAndOthersKeepTheirs()
    {
        await Committed(new Shopper("ada").Buys());
        DeliveryStatus[] statuses = Enum.GetValues<DeliveryStatus>();
        await Recorded([.. statuses.Select(status => Deliveries.Row((int)status, customer: "ada", status: status))]);
        await Recorded(Deliveries.Row(8, customer: "adam"));

        (await Ledger.Erase(new CustomerId("ada"), Cancellation)).ShouldBeTrue();

        (await Ids(new DeliveryFilter())).ShouldBe(["8"]);
        (await Outbox.Counts(null, Cancellation)).ShouldBe([new DeliveryCount("t", "e", DeliveryStatus.Pending, 1)]);
        (await Outbox.Position("t", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task RowsOfACustomerWithoutALedgerRowAreErasedToo()
    {
        await Recorded(Deliveries.Row(1, customer: "ada"));

        (await Ledger.Erase(new CustomerId("ada"), Cancellation)).ShouldBeFalse();

        (await Ids(new DeliveryFilter())).ShouldBeEmpty();
    }

    private async Task Recorded(params OutboxRow[] rows)
    {
        foreach (var ofTrigger in rows.GroupBy(row => row.Trigger))
        {
            var after = (await Outbox.Position(ofTrigger.Key, Cancellation))?.Position;
            var position = ofTrigger.Last().Id;
            (await Outbox.Record(ofTrigger.Key, after, position, [1], [.. ofTrigger], Cancellation)).ShouldBeTrue();
        }
    }

    private async Task Settled(string id, DeliveryStatus status)
    {
        var number = (await Outbox.Find(id, Cancellation)).ShouldNotBeNull().Number;
        await Outbox.Settle([Deliveries.Settled(number, status) with { Reason = "as told" }], Cancellation);
    }

    private async Task<IEnumerable<string>> Ids(DeliveryFilter filter) =>
        (await Outbox.List(filter, long.MaxValue, 100, Cancellation)).Select(stored => stored.Row.Id);

    private Task<long> Stored(string sql) => ((IStateDatabase)Ledger).Number(sql);
}
