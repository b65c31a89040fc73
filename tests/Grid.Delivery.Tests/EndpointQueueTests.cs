using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class EndpointQueueTests
{
    private static readonly Failed Failure = new("the receiver answered 500", 500);

    private readonly WatchedClock _clock = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Sends_a_customer_s_next_message_only_when_the_last_is_recorded()
    {
        var recording = new TaskCompletionSource();
        var journal = new MemoryJournal(attempt => attempt.Message.Id == Id(1) ? recording.Task : Task.CompletedTask);
        var channel = ScriptedChannel.Taking();
        var queue = Queue(channel, journal);
        Offer(queue, (1, "a"), (2, "a"), (3, "b"), (4, "b"));
        var running = queue.Run(_stop.Token);

        string[] begun = [await channel.Next(), await channel.Next(), await channel.Next()];

        begun.Order().ShouldBe([Id(1), Id(3), Id(4)]);
        channel.HasNext.ShouldBeFalse();
        recording.SetResult();
        (await channel.Next()).ShouldBe(Id(2));
        for (var i = 0; i < 4; i++) (await journal.Next()).Next.ShouldBe(new Finish());
        await Stop(running);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Holds_up_nobody_else_while_a_message_waits_for_its_retry()
    {
        var failures = 1;
        var channel = new ScriptedChannel((message, _) => Task.FromResult<DeliveryOutcome>(
            message.Id == Id(1) && Interlocked.Decrement(ref failures) >= 0 ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        Offer(queue, (1, "a"), (2, "a"));
        var running = queue.Run(_stop.Token);
        var retry = (await journal.Next()).Next.ShouldBeOfType<Retry>();

        for (var position = 10; position < 40; position++)
        {
            Offer(queue, (position, $"c{position}"));
            (await journal.Next()).Message.Id.ShouldBe(Id(position));
        }

        _clock.Advance(TimeSpan.FromMilliseconds(retry.At.Milliseconds - Some.Noon.Milliseconds - 1));
        Offer(queue, (50, "b"));
        (await journal.Next()).Message.Id.ShouldBe(Id(50));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var (second, third) = (await journal.Next(), await journal.Next());

        (second.Message.Id, second.Attempt).ShouldBe((Id(1), 2));
        (third.Message.Id, third.Attempt).ShouldBe((Id(2), 1));
        await Stop(running);
    }

    [Fact]
    public async Task Leaves_a_customer_to_the_outbox_while_a_retry_is_far_away()
    {
        var channel = new ScriptedChannel((message, _) => Task.FromResult<DeliveryOutcome>(
            message.Id == Id(1) && _clock.GetUtcNow() < Some.Noon.Plus(10_000).ToDateTimeOffset() ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);

        // The second attempt failed before: the next wait is half an hour.
        queue.TryAdd(Some.Queued(1, "a") with { Attempts = 2 }).ShouldBe(Delivery.Offer.Added);
        Offer(queue, (2, "a"), (3, "b"));
        var running = queue.Run(_stop.Token);
        var attempts = new[] { await journal.Next(), await journal.Next() }.OrderBy(attempt => attempt.Message.Id).ToList();
        var retry = attempts[0].Next.ShouldBeOfType<Retry>();
        Offer(queue, (4, "b"));
        (await journal.Next()).Message.Id.ShouldBe(Id(4));

        queue.Count.ShouldBe(0);
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Waits);
        _clock.Advance(TimeSpan.FromHours(1));
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Waits);
        queue.TryAdd(new QueuedDelivery(Some.Message(1, "a"), 3, retry.At)).ShouldBe(Delivery.Offer.Added);
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Added);
        (await journal.Next()).Message.Id.ShouldBe(Id(1));
        (await journal.Next()).Message.Id.ShouldBe(Id(2));
        await Stop(running);
    }

    [Fact]
    public async Task Takes_other_messages_of_a_customer_once_it_is_unblocked()
    {
        var channel = new ScriptedChannel((message, _) => Task.FromResult<DeliveryOutcome>(message.Id == Id(1) ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        queue.TryAdd(Some.Queued(1, "a") with { Attempts = 2 });
        var running = queue.Run(_stop.Token);
        (await journal.Next()).Next.ShouldBeOfType<Retry>();
        Offer(queue, (3, "b"));
        await journal.Next();

        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Waits);
        queue.Unblock("a");
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Added);

        (await journal.Next()).Message.Id.ShouldBe(Id(2));
        await Stop(running);
    }

    [Fact]
    public void Knows_what_it_has_and_how_much_it_may_have()
    {
        var queue = Queue(ScriptedChannel.Taking(), new MemoryJournal());

        for (var i = 0; i < DeliveryLimits.QueueDeliveriesMax; i++) queue.TryAdd(Some.Queued(i, $"c{i % 100}")).ShouldBe(Delivery.Offer.Added);

        queue.TryAdd(Some.Queued(5, "c5")).ShouldBe(Delivery.Offer.Known);
        queue.TryAdd(Some.Queued(-1, "other")).ShouldBe(Delivery.Offer.Full);
        queue.Count.ShouldBe(DeliveryLimits.QueueDeliveriesMax);
    }

    [Fact]
    public async Task Has_no_more_under_way_than_its_concurrency()
    {
        var gates = Enumerable.Range(0, 20).ToDictionary(i => Id(i), _ => new TaskCompletionSource<DeliveryOutcome>());
        var channel = new ScriptedChannel((message, _) => gates[message.Id].Task);
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal, concurrency: 3);
        for (var i = 0; i < 20; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(_stop.Token);
        var begun = new Queue<string>();
        for (var i = 0; i < 3; i++) begun.Enqueue(await channel.Next());

        while (begun.Count > 0)
        {
            channel.HasNext.ShouldBeFalse();
            gates[begun.Dequeue()].SetResult(ScriptedChannel.Success);
            await journal.Next();
            if (journal.All.Count <= 17) begun.Enqueue(await channel.Next());
        }

        journal.All.Count.ShouldBe(20);
        await Stop(running);
    }

    [Fact]
    public async Task Keeps_its_rate()
    {
        var journal = new MemoryJournal();
        var queue = Queue(ScriptedChannel.Taking(), journal, concurrency: 100, rate: 5);
        for (var i = 0; i < 23; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(_stop.Token);

        for (var recorded = 0; recorded < 23; recorded++)
        {
            if (recorded > 0 && recorded % 5 == 0) _clock.Advance(TimeSpan.FromSeconds(1));
            await journal.Next();
        }

        await Stop(running);
        journal.All.GroupBy(attempt => attempt.StartedAt.Milliseconds - Some.Noon.Milliseconds).Select(second => (second.Key, second.Count()))
            .ShouldBe([(0, 5), (1_000, 5), (2_000, 5), (3_000, 5), (4_000, 3)]);
    }

    [Fact]
    public async Task Is_not_slowed_by_another_endpoint_that_hangs()
    {
        var hanging = new ScriptedChannel(async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return ScriptedChannel.Success;
        });
        var (hungJournal, journal) = (new MemoryJournal(), new MemoryJournal());
        var (hung, healthy) = (Queue(hanging, hungJournal, concurrency: 4), Queue(ScriptedChannel.Taking(), journal));
        for (var i = 0; i < 100; i++) Offer(hung, (i, $"c{i}"));
        for (var i = 0; i < 100; i++) Offer(healthy, (i, $"c{i}"));
        Task<QueueEnd>[] running = [hung.Run(_stop.Token), healthy.Run(_stop.Token)];
        for (var i = 0; i < 4; i++) await hanging.Next();

        for (var i = 0; i < 100; i++) (await journal.Next()).Outcome.ShouldBeOfType<Delivered>();

        hungJournal.All.ShouldBeEmpty();
        await Stop(running[0]);
        await running[1];
        hung.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Records_nothing_of_what_a_stop_interrupts()
    {
        var channel = new ScriptedChannel(async (message, cancel) =>
        {
            if (message.Id != Id(1)) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return ScriptedChannel.Success;
        });
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        Offer(queue, (1, "a"), (2, "a"), (3, "b"), (4, "b"));
        var running = queue.Run(_stop.Token);
        string[] begun = [await channel.Next(), await channel.Next(), await channel.Next()];

        await Stop(running);

        begun.Order().ShouldBe([Id(1), Id(2), Id(3)]);
        journal.All.Select(attempt => attempt.Message.Id).ShouldBe([Id(1)]);
        queue.Count.ShouldBe(3);
        queue.Health.ShouldBe(EndpointHealth.Fresh);
    }

    [Fact]
    public async Task Records_an_outcome_that_is_known_when_it_is_stopped()
    {
        var (sending, recording) = (new TaskCompletionSource(), new TaskCompletionSource());
        var journal = new MemoryJournal(_ =>
        {
            sending.SetResult();
            return recording.Task;
        });
        var queue = Queue(ScriptedChannel.Taking(), journal);
        Offer(queue, (1, "a"));
        var running = queue.Run(_stop.Token);
        await sending.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await _stop.CancelAsync();

        running.IsCompleted.ShouldBeFalse();
        recording.SetResult();

        (await running).ShouldBe(QueueEnd.Stopped);
        journal.All.Count.ShouldBe(1);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Sends_on_while_outcomes_become_durable()
    {
        var recording = new TaskCompletionSource();
        var channel = ScriptedChannel.Taking();
        var journal = new MemoryJournal(_ => recording.Task);
        var queue = Queue(channel, journal, concurrency: 1);
        var messages = DeliveryLimits.QueueRecordsMax + 50;
        for (var i = 0; i < messages; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(_stop.Token);

        for (var i = 0; i < DeliveryLimits.QueueRecordsMax; i++) await channel.Next();
        journal.All.ShouldBeEmpty();
        recording.SetResult();
        for (var i = 0; i < messages; i++) await journal.Next();

        await Stop(running);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Stops_sending_while_too_many_outcomes_wait_to_be_durable()
    {
        var recording = new TaskCompletionSource();
        var (waiting, highest) = (0, 0);
        var journal = new MemoryJournal(async _ =>
        {
            var now = Interlocked.Increment(ref waiting);
            if (now > DeliveryLimits.QueueRecordsMax) Volatile.Write(ref highest, now);
            await recording.Task;
            Interlocked.Decrement(ref waiting);
        });
        var channel = ScriptedChannel.Taking();
        var queue = Queue(channel, journal, concurrency: 4);
        for (var i = 0; i < DeliveryLimits.QueueRecordsMax + 500; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(_stop.Token);

        for (var i = 0; i < DeliveryLimits.QueueRecordsMax; i++) await channel.Next();
        recording.SetResult();
        for (var i = 0; i < DeliveryLimits.QueueRecordsMax + 500; i++) await journal.Next();

        highest.ShouldBeLessThanOrEqualTo(DeliveryLimits.QueueRecordsMax + 4);
        await Stop(running);
    }

    [Fact]
    public async Task Does_not_take_a_row_again_that_ends_while_the_rows_are_read()
    {
        var channel = ScriptedChannel.Taking();
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        var running = queue.Run(_stop.Token);

        var taken = await queue.Fill(async () =>
        {
            IReadOnlyList<QueuedDelivery> rows = [Some.Queued(1, "a"), Some.Queued(2, "b")];
            Offer(queue, (1, "a"));
            await journal.Next();

            // The second message of the customer is recorded only when the first has left the queue.
            Offer(queue, (3, "a"));
            await journal.Next();
            return rows;
        });

        taken.ShouldBe(1);
        (await journal.Next()).Message.Id.ShouldBe(Id(2));
        await Stop(running);
        journal.All.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Takes_no_row_after_one_that_has_no_place()
    {
        var queue = Queue(ScriptedChannel.Taking(), new MemoryJournal());
        for (var i = 0; i < DeliveryLimits.QueueDeliveriesMax - 1; i++) Offer(queue, (i, $"c{i}"));
        var read = 0;

        (await queue.Fill(() =>
        {
            read++;
            return Task.FromResult<IReadOnlyList<QueuedDelivery>>([.. Enumerable.Range(20_000, 5).Select(i => Some.Queued(i, "a"))]);
        })).ShouldBe(1);

        read.ShouldBe(1);
        queue.TryAdd(Some.Queued(20_000, "a")).ShouldBe(Delivery.Offer.Known);
    }

    [Fact]
    public async Task Ends_when_an_outcome_cannot_be_recorded()
    {
        var channel = ScriptedChannel.Taking();
        var queue = Queue(channel, new MemoryJournal(_ => throw new IOException("the disk is full")));
        Offer(queue, (1, "a"), (2, "a"));

        var failure = await Should.ThrowAsync<InvalidOperationException>(queue.Run(_stop.Token));

        failure.InnerException!.Message.ShouldBe("the disk is full");
        (await channel.Next()).ShouldBe(Id(1));
        channel.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task Ends_when_the_endpoint_is_gone()
    {
        var channel = new ScriptedChannel((_, _) => Task.FromResult<DeliveryOutcome>(new Gone(410, string.Empty)));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal, concurrency: 1);
        Offer(queue, (1, "a"), (2, "b"), (3, "c"));

        (await queue.Run(_stop.Token)).ShouldBe(QueueEnd.Disabled);

        journal.All.ShouldHaveSingleItem().Next.ShouldBeOfType<Park>();
        queue.Count.ShouldBe(2);
        queue.Health.DisabledAt.ShouldNotBeNull();
        (await queue.Run(_stop.Token)).ShouldBe(QueueEnd.Disabled);
    }

    [Fact]
    public async Task Sends_one_probe_after_the_pause_of_an_open_circuit()
    {
        var broken = true;
        var channel = new ScriptedChannel((_, _) => Task.FromResult<DeliveryOutcome>(Volatile.Read(ref broken) ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal, concurrency: 1);
        for (var i = 0; i < 30; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(_stop.Token);
        for (var i = 0; i < 10; i++) (await journal.Next()).Outcome.ShouldBe(Failure);
        queue.Health.CircuitAt(Instant.From(_clock.GetUtcNow())).ShouldBe(Circuit.Open);

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await journal.Next()).Outcome.ShouldBe(Failure);
        queue.Health.PausedUntil.ShouldBe(Some.Noon.Plus(15_000));
        journal.All.Count.ShouldBe(11);

        Volatile.Write(ref broken, false);
        _clock.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 30; i++) (await journal.Next()).Outcome.ShouldBeOfType<Delivered>();
        queue.Health.ShouldBe(EndpointHealth.Fresh);
        await Stop(running);
    }

    [Fact]
    public async Task Counts_a_channel_that_throws_as_a_failure()
    {
        var journal = new MemoryJournal();
        var queue = Queue(new ScriptedChannel((_, _) => throw new InvalidCastException("a bug")), journal);
        Offer(queue, (1, "a"));
        var running = queue.Run(_stop.Token);

        (await journal.Next()).Outcome.ShouldBe(new Failed("the channel failed with InvalidCastException: a bug"));
        await Stop(running);
    }

    private EndpointQueue Queue(IDeliveryChannel channel, IDeliveryJournal journal, int concurrency = 8, int rate = 10_000) =>
        new(channel, journal, concurrency, rate, EndpointHealth.Fresh, _clock);

    private async Task Stop(Task<QueueEnd> running)
    {
        await _stop.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(QueueEnd.Stopped);
    }

    private static string Id(long position) => Some.Message(position).Id;

    private static void Offer(EndpointQueue queue, params (long Position, string Customer)[] messages)
    {
        foreach (var (position, customer) in messages) queue.TryAdd(Some.Queued(position, customer)).ShouldBe(Delivery.Offer.Added);
    }
}
