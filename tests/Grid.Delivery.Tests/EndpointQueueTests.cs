using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class EndpointQueueTests : QueueUnderTest
{
    [Fact]
    public async Task SendsACustomerSNextMessageOnlyWhenTheLastIsRecorded()
    {
        var recording = new TaskCompletionSource();
        var journal = new MemoryJournal(attempt => attempt.Message.Id == Id(1) ? recording.Task : Task.CompletedTask);
        var channel = ScriptedChannel.Taking();
        var queue = Queue(channel, journal);
        Offer(queue, (1, "a"), (2, "a"), (3, "b"), (4, "b"));
        var running = queue.Run(StopSource.Token);

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
    public async Task HoldsUpNobodyElseWhileAMessageWaitsForItsRetry()
    {
        var failures = 1;
        var channel = new ScriptedChannel((message, _) => Task.FromResult<DeliveryOutcome>(
            message.Id == Id(1) && Interlocked.Decrement(ref failures) >= 0 ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        Offer(queue, (1, "a"), (2, "a"));
        var running = queue.Run(StopSource.Token);
        var retry = (await journal.Next()).Next.ShouldBeOfType<Retry>();

        for (var position = 10; position < 40; position++)
        {
            Offer(queue, (position, $"c{position}"));
            (await journal.Next()).Message.Id.ShouldBe(Id(position));
        }

        Clock.Advance(TimeSpan.FromMilliseconds(retry.At.Milliseconds - Some.Noon.Milliseconds - 1));
        Offer(queue, (50, "b"));
        (await journal.Next()).Message.Id.ShouldBe(Id(50));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var (second, third) = (await journal.Next(), await journal.Next());

        (second.Message.Id, second.Attempt).ShouldBe((Id(1), 2));
        (third.Message.Id, third.Attempt).ShouldBe((Id(2), 1));
        await Stop(running);
    }

    [Fact]
    public async Task HasNoMoreUnderWayThanItsConcurrency()
    {
        var gates = Enumerable.Range(0, 20).ToDictionary(i => Id(i), _ => new TaskCompletionSource<DeliveryOutcome>());
        var channel = new ScriptedChannel((message, _) => gates[message.Id].Task);
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal, concurrency: 3);
        for (var i = 0; i < 20; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(StopSource.Token);
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
    public async Task KeepsItsRate()
    {
        var journal = new MemoryJournal();
        var queue = Queue(ScriptedChannel.Taking(), journal, concurrency: 100, rate: 5);
        for (var i = 0; i < 23; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(StopSource.Token);

        for (var recorded = 0; recorded < 23; recorded++)
        {
            if (recorded > 0 && recorded % 5 == 0) Clock.Advance(TimeSpan.FromSeconds(1));
            await journal.Next();
        }

        await Stop(running);
        journal.All.GroupBy(attempt => attempt.StartedAt.Milliseconds - Some.Noon.Milliseconds).Select(second => (second.Key, second.Count()))
            .ShouldBe([(0, 5), (1_000, 5), (2_000, 5), (3_000, 5), (4_000, 3)]);
    }

    [Fact]
    public async Task SendsOnWhileOutcomesBecomeDurable()
    {
        var recording = new TaskCompletionSource();
        var channel = ScriptedChannel.Taking();
        var journal = new MemoryJournal(_ => recording.Task);
        var queue = Queue(channel, journal, concurrency: 1);
        var messages = DeliveryLimits.QueueRecordsMax + 50;
        for (var i = 0; i < messages; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(StopSource.Token);

        for (var i = 0; i < DeliveryLimits.QueueRecordsMax; i++) await channel.Next();
        journal.All.ShouldBeEmpty();
        recording.SetResult();
        for (var i = 0; i < messages; i++) await journal.Next();

        await Stop(running);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task StopsSendingWhileTooManyOutcomesWaitToBeDurable()
    {
        var recording = new TaskCompletionSource();
        var (channel, otherJournal) = (ScriptedChannel.Taking(), new MemoryJournal());
        var journal = new MemoryJournal(_ => recording.Task);
        var (queue, other) = (Queue(channel, journal, concurrency: 4), Queue(ScriptedChannel.Taking(), otherJournal, concurrency: 4));
        const int Messages = DeliveryLimits.QueueRecordsMax + 500;
        for (var i = 0; i < Messages; i++) Offer(queue, (i, $"c{i}"));
        for (var i = 0; i < Messages; i++) Offer(other, (i, $"c{i}"));
        var running = queue.Run(StopSource.Token);
        for (var i = 0; i < DeliveryLimits.QueueRecordsMax + 4; i++) await channel.Next();

        // As much is sent by another queue meanwhile as this one would send without the bound.
        var otherRunning = other.Run(StopSource.Token);
        for (var i = 0; i < Messages; i++) await otherJournal.Next();
        channel.HasNext.ShouldBeFalse();

        recording.SetResult();
        for (var i = 0; i < Messages; i++) await journal.Next();
        await Stop(running);
        await otherRunning;
    }

    [Fact]
    public async Task SendsOneProbeAfterThePauseOfAnOpenCircuit()
    {
        var broken = true;
        var channel = new ScriptedChannel((_, _) => Task.FromResult<DeliveryOutcome>(Volatile.Read(ref broken) ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal, concurrency: 1);
        for (var i = 0; i < 30; i++) Offer(queue, (i, $"c{i}"));
        var running = queue.Run(StopSource.Token);
        for (var i = 0; i < 10; i++) (await journal.Next()).Outcome.ShouldBe(Failure);
        queue.Health.CircuitAt(Instant.From(Clock.GetUtcNow())).ShouldBe(Circuit.Open);

        Clock.Advance(TimeSpan.FromSeconds(5));
        (await journal.Next()).Outcome.ShouldBe(Failure);
        queue.Health.PausedUntil.ShouldBe(Some.Noon.Plus(15_000));
        journal.All.Count.ShouldBe(11);

        Volatile.Write(ref broken, false);
        Clock.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 30; i++) (await journal.Next()).Outcome.ShouldBeOfType<Delivered>();
        queue.Health.ShouldBe(EndpointHealth.Fresh);
        await Stop(running);
    }

    [Fact]
    public async Task CountsAChannelThatThrowsAsAFailure()
    {
        var journal = new MemoryJournal();
        var queue = Queue(new ScriptedChannel((_, _) => throw new InvalidCastException("a bug")), journal);
        Offer(queue, (1, "a"));
        var running = queue.Run(StopSource.Token);

        (await journal.Next()).Outcome.ShouldBe(new Failed("the channel failed with InvalidCastException: a bug"));
        await Stop(running);
    }
}
