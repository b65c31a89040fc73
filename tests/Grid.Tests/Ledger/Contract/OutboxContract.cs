using Grid.Ledger;
using Grid.Ledger.Outbox;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

/// <summary>The rows of the outbox: recording, reading and settling them.</summary>
public abstract class OutboxContract : LedgerContract
{
    private protected OutboxContract(ILedgerStore store)
        : base(store)
    {
    }

    private Outbox Outbox => field ??= new Outbox((IStateDatabase)Ledger, Limits);

    [Fact]
    public async Task RecordedRowComesBackAsItWas()
    {
        var row = Deliveries.Row(1, status: DeliveryStatus.Dropped) with { Reason = "安静时段 are over", Payload = [0, 1, 255] };

        await Recorded(null, "1", row);

        var stored = (await Outbox.Find(row.Id, Cancellation)).ShouldNotBeNull();
        stored.Row.Payload.ShouldBe(row.Payload);
        (stored.Row with { Payload = row.Payload }).ShouldBe(row);
        (stored.Attempts, stored.ChangedAt, stored.LastResponse).ShouldBe((0, row.CreatedAt, null));
    }

    [Fact]
    public async Task UnknownTriggerAndDeliveryAreNull()
    {
        (await Outbox.Position("t", Cancellation)).ShouldBeNull();
        (await Outbox.Find("1", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task PositionAndStateAreStoredWithTheRows()
    {
        await Recorded(null, "1.7", Deliveries.Row(1));
        await Recorded("1.7", "2.9");

        var stored = (await Outbox.Position("t", Cancellation)).ShouldNotBeNull();
        (stored.Position, (int)stored.State[0]).ShouldBe(("2.9", 2));
        (await Outbox.Position("other", Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("2")]
    public async Task RecordAfterAnotherPositionWritesNothing(string? after)
    {
        await Recorded(null, "1", Deliveries.Row(1));

        (await Outbox.Record("t", after, "5", [9], [Deliveries.Row(5)], Cancellation)).ShouldBeFalse();

        (await Outbox.Position("t", Cancellation)).ShouldNotBeNull().Position.ShouldBe("1");
        (await All()).Select(stored => stored.Row.Id).ShouldBe(["1"]);
    }

    [Fact]
    public async Task RecordAfterAPositionThatIsNotStoredWritesNothing()
    {
        (await Outbox.Record("t", "0", "1", [1], [Deliveries.Row(1)], Cancellation)).ShouldBeFalse();

        (await Outbox.Position("t", Cancellation)).ShouldBeNull();
        (await All()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task RepeatOfARecordSucceedsAndChangesNothing(string? after)
    {
        if (after is not null) await Recorded(null, after);
        await Recorded(after, "2", Deliveries.Row(1), Deliveries.Row(2));
        await Delivered("1");
        var before = await All();

        await Recorded(after, "2", Deliveries.Row(1), Deliveries.Row(2));

        (await All()).Select(stored => (stored.Number, stored.Row.Status)).ShouldBe(before.Select(stored => (stored.Number, stored.Row.Status)));
        (await Outbox.Record("t", after, "2", [99], [], Cancellation)).ShouldBeFalse("The state is another.");
    }

    [Fact]
    public async Task RowWithAStoredIdIsLeftAsItIs()
    {
        await Recorded(null, "1", Deliveries.Row(1));
        await Delivered("1");

        await Recorded("1", "2", Deliveries.Row(1) with { Payload = [42] }, Deliveries.Row(2));

        var first = (await Outbox.Find("1", Cancellation)).ShouldNotBeNull();
        (first.Row.Status, first.Row.Payload.Length).ShouldBe((DeliveryStatus.Delivered, 1));
        (await Ids("e")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task NumbersFollowTheOrderOfTheRows()
    {
        int[] mixed = [5, 3, 9, 1, 8, 2];
        await Recorded(null, "1", [.. mixed.Select(number => Deliveries.Row(number))]);
        await Recorded("1", "2", Deliveries.Row(4));

        var pending = await Outbox.Pending("e", 0, 10, Cancellation);

        pending.Select(stored => stored.Row.Id).ShouldBe(["5", "3", "9", "1", "8", "2", "4"]);
        pending.Select(stored => stored.Number).ShouldBe(pending.Select(stored => stored.Number).Order());
    }

    [Fact]
    public async Task PendingRowsOfAnEndpointAreReadPageByPage()
    {
        await Recorded(
            null,
            "1",
            Deliveries.Row(1),
            Deliveries.Row(2, endpoint: "f"),
            Deliveries.Row(3, status: DeliveryStatus.Capped),
            Deliveries.Row(4) with { DueAt = Deliveries.At.Plus(9_000_000) },
            Deliveries.Row(5));

        var first = await Outbox.Pending("e", 0, 2, Cancellation);
        var rest = await Outbox.Pending("e", first[^1].Number, 2, Cancellation);

        first.Select(stored => stored.Row.Id).ShouldBe(["1", "4"]);
        first[1].Row.DueAt.ShouldBe(Deliveries.At.Plus(9_000_000));
        rest.Select(stored => stored.Row.Id).ShouldBe(["5"]);
    }

    [Fact]
    public async Task SettledRowHoldsTheOutcomeOfItsAttempt()
    {
        await Recorded(null, "1", Deliveries.Row(1), Deliveries.Row(2), Deliveries.Row(3));
        var numbers = (await Outbox.Pending("e", 0, 10, Cancellation)).Select(stored => stored.Number).ToArray();
        var at = Deliveries.At.Plus(500);

        await Outbox.Settle(
            [
                new DeliveryAttempt(numbers[0], DeliveryStatus.Delivered, null, 1, at, at, new DeliveryResponse(204, "")),
                new DeliveryAttempt(numbers[1], DeliveryStatus.Pending, "timed out", 3, at.Plus(5_000), at, new DeliveryResponse(null, "no answer")),
                new DeliveryAttempt(numbers[2], DeliveryStatus.Parked, "disabled", 8, at, at, null),
            ],
            Cancellation);

        var stored = (await All()).OrderBy(row => row.Number).ToList();
        stored.Select(row => (row.Row.Status, row.Row.Reason, row.Attempts, row.Row.DueAt, row.ChangedAt, row.LastResponse)).ShouldBe(
        [
            (DeliveryStatus.Delivered, null, 1, at, at, new DeliveryResponse(204, "")),
            (DeliveryStatus.Pending, "timed out", 3, at.Plus(5_000), at, new DeliveryResponse(null, "no answer")),
            (DeliveryStatus.Parked, "disabled", 8, at, at, null),
        ]);
        (await Ids("e")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task ResponseIsCutOffBetweenCharactersAndStorable()
    {
        await Recorded(null, "1", Deliveries.Row(1));
        var text = "\0\ud800" + new string('值', 2_000);
        var number = (await Outbox.Pending("e", 0, 1, Cancellation))[0].Number;

        await Outbox.Settle(
            [new DeliveryAttempt(number, DeliveryStatus.Parked, text, 1, Deliveries.At, Deliveries.At, new DeliveryResponse(500, text))], Cancellation);

        // Each character has three bytes; 1,365 of them fit into 4,096.
        var stored = (await Outbox.Find("1", Cancellation)).ShouldNotBeNull();
        stored.LastResponse.ShouldBe(new DeliveryResponse(500, "\ufffd\ufffd" + new string('值', 1_363)));
        stored.Row.Reason.ShouldBe(stored.LastResponse!.Text);
    }

    [Fact]
    public async Task LateAttemptDoesNotBringADroppedRowBackButMayHaveArrived()
    {
        await Recorded(null, "1", Deliveries.Row(1), Deliveries.Row(2));
        var numbers = (await Outbox.Pending("e", 0, 10, Cancellation)).Select(stored => stored.Number).ToArray();
        await Outbox.RemoveTrigger("t", "deleted", Deliveries.At, Cancellation);

        await Outbox.Settle([Deliveries.Settled(numbers[0], DeliveryStatus.Pending), Deliveries.Settled(numbers[1], DeliveryStatus.Delivered)], Cancellation);

        (await All()).OrderBy(row => row.Number).Select(row => row.Row.Status).ShouldBe([DeliveryStatus.Dropped, DeliveryStatus.Delivered]);
    }

    [Fact]
    public async Task BatchBeyondTheLimitIsRefused()
    {
        var rows = Enumerable.Range(0, Limits.OutboxBatchRowsMax + 1).Select(number => Deliveries.Row(number)).ToList();

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Outbox.Record("t", null, "1", [], rows, Cancellation));

        (await Outbox.Position("t", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task FiveThousandRowsAreRecordedSettledAndCounted()
    {
        string? position = null;
        foreach (var rows in Enumerable.Range(0, 5_000).Select(number => Deliveries.Row(number)).Chunk(500))
            await Recorded(position, position = rows[^1].Id, rows);

        var read = new List<StoredDelivery>();
        while (await Outbox.Pending("e", read.Count == 0 ? 0 : read[^1].Number, 1_000, Cancellation) is { Count: > 0 } page) read.AddRange(page);
        read.Select(stored => stored.Row.Id).ShouldBe(Enumerable.Range(0, 5_000).Select(number => $"{number}"));
        foreach (var batch in read.Chunk(500))
            await Outbox.Settle([.. batch.Select(stored => Deliveries.Settled(stored.Number, DeliveryStatus.Delivered))], Cancellation);

        (await Ids("e")).ShouldBeEmpty();
        (await Outbox.Counts("t", Cancellation)).ShouldBe([new DeliveryCount("t", "e", DeliveryStatus.Delivered, 5_000)]);
    }

    [Fact]
    public async Task ManyTriggersRecordBesideCommitsAndNoReaderMissesARow()
    {
        using var ended = new CancellationTokenSource();
        var reading = Task.Run(() => Follow(ended.Token), Cancellation);
        var committing = Enumerable.Range(0, 8).Select(async n =>
        {
            var shopper = new Shopper($"c{n}");
            for (var change = 0; change < 20; change++) await Committed(shopper.Buys());
        });

        await Task.WhenAll([.. committing, .. Enumerable.Range(0, 6).Select(RecordMany)]);
        await ended.CancelAsync();

        var read = await reading;
        read.Count.ShouldBe(6 * 10 * 5);
        read.Select(stored => stored.Number).ShouldBe(read.Select(stored => stored.Number).Order());
        foreach (var ofTrigger in read.GroupBy(stored => stored.Row.Trigger))
            ofTrigger.Select(stored => stored.Row.Sequence).ShouldBe(Enumerable.Range(0, 50).Select(number => $"{number:d4}"));
    }

    private async Task RecordMany(int number)
    {
        for (var batch = 0; batch < 10; batch++)
        {
            OutboxRow[] rows = [.. Enumerable.Range(batch * 5, 5).Select(row => Deliveries.Row(row, trigger: $"t{number}") with { Id = $"{number}-{row}" })];
            (await Outbox.Record($"t{number}", batch == 0 ? null : $"{batch}", $"{batch + 1}", [], rows, Cancellation)).ShouldBeTrue();
        }
    }

    /// <summary>Reads on after the last number, and once more after the end.</summary>
    private async Task<List<StoredDelivery>> Follow(CancellationToken ended)
    {
        var read = new List<StoredDelivery>();
        while (true)
        {
            var last = ended.IsCancellationRequested;
            var page = await Outbox.Pending("e", read.Count == 0 ? 0 : read[^1].Number, 1_000, Cancellation);
            read.AddRange(page);
            if (last && page.Count == 0) return read;
        }
    }

    private async Task Recorded(string? after, string position, params OutboxRow[] rows) =>
        (await Outbox.Record("t", after, position, [byte.Parse(position[..1], null)], rows, Cancellation)).ShouldBeTrue();

    private async Task Delivered(string id) =>
        await Outbox.Settle(
            [Deliveries.Settled((await Outbox.Find(id, Cancellation)).ShouldNotBeNull().Number, DeliveryStatus.Delivered)], Cancellation);

    private Task<IReadOnlyList<StoredDelivery>> All() => Outbox.List(new DeliveryFilter(), long.MaxValue, 1_000, Cancellation);

    private async Task<IEnumerable<string>> Ids(string endpoint) =>
        (await Outbox.Pending(endpoint, 0, 1_000, Cancellation)).Select(stored => stored.Row.Id);
}
