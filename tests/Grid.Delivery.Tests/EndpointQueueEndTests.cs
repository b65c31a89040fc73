using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

/// <summary>How a queue ends, and what it leaves.</summary>
public sealed class EndpointQueueEndTests : QueueUnderTest
{
    [Fact]
    public async Task IsNotSlowedByAnotherEndpointThatHangs()
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
        Task<QueueEnd>[] running = [hung.Run(StopSource.Token), healthy.Run(StopSource.Token)];
        for (var i = 0; i < 4; i++) await hanging.Next();

        for (var i = 0; i < 100; i++) (await journal.Next()).Outcome.ShouldBeOfType<Delivered>();

        hungJournal.All.ShouldBeEmpty();
        await Stop(running[0]);
        await running[1];
        hung.Count.ShouldBe(100);
    }

    [Fact]
    public async Task RecordsNothingOfWhatAStopInterrupts()
    {
        var channel = new ScriptedChannel(async (message, cancel) =>
        {
            if (message.Id != Id(1)) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return ScriptedChannel.Success;
        });
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        Offer(queue, (1, "a"), (2, "a"), (3, "b"), (4, "b"));
        var running = queue.Run(StopSource.Token);
        string[] begun = [await channel.Next(), await channel.Next(), await channel.Next()];

        await Stop(running);

        begun.Order().ShouldBe([Id(1), Id(2), Id(3)]);
        journal.All.Select(attempt => attempt.Message.Id).ShouldBe([Id(1)]);
        queue.Count.ShouldBe(3);
        queue.Health.ShouldBe(EndpointHealth.Fresh);
    }

    [Fact]
    public async Task RecordsAnOutcomeThatIsKnownWhenItIsStopped()
    {
        var (sending, recording) = (new TaskCompletionSource(), new TaskCompletionSource());
        var journal = new MemoryJournal(_ =>
        {
            sending.SetResult();
            return recording.Task;
        });
        var queue = Queue(ScriptedChannel.Taking(), journal);
        Offer(queue, (1, "a"));
        var running = queue.Run(StopSource.Token);
        await sending.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await StopSource.CancelAsync();

        running.IsCompleted.ShouldBeFalse();
        recording.SetResult();

        (await running).ShouldBe(QueueEnd.Stopped);
        journal.All.Count.ShouldBe(1);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task EndsWhenAnOutcomeCannotBeRecorded()
    {
        var channel = ScriptedChannel.Taking();
        var queue = Queue(channel, new MemoryJournal(_ => throw new IOException("the disk is full")));
        Offer(queue, (1, "a"), (2, "a"));

        var failure = await Should.ThrowAsync<InvalidOperationException>(queue.Run(StopSource.Token));

        failure.InnerException!.Message.ShouldBe("the disk is full");
        (await channel.Next()).ShouldBe(Id(1));
        channel.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task EndsWhenTheEndpointIsGone()
    {
        var channel = new ScriptedChannel((_, _) => Task.FromResult<DeliveryOutcome>(new Gone(410, string.Empty)));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal, concurrency: 1);
        Offer(queue, (1, "a"), (2, "b"), (3, "c"));

        (await queue.Run(StopSource.Token)).ShouldBe(QueueEnd.Disabled);

        journal.All.ShouldHaveSingleItem().Next.ShouldBeOfType<Park>();
        queue.Count.ShouldBe(2);
        queue.Health.DisabledAt.ShouldNotBeNull();
        (await queue.Run(StopSource.Token)).ShouldBe(QueueEnd.Disabled);
    }
}
