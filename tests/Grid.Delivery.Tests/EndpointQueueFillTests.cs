using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

/// <summary>Which rows of the outbox a queue takes.</summary>
public sealed class EndpointQueueFillTests : QueueUnderTest
{
    [Fact]
    public async Task LeavesACustomerToTheOutboxWhileARetryIsFarAway()
    {
        var channel = new ScriptedChannel((message, _) => Task.FromResult<DeliveryOutcome>(
            message.Id == Id(1) && Clock.GetUtcNow() < Some.Noon.Plus(10_000).ToDateTimeOffset() ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);

        // The second attempt failed before: the next wait is half an hour.
        queue.TryAdd(Some.Queued(1, "a") with { Attempts = 2 }).ShouldBe(Delivery.Offer.Added);
        Offer(queue, (2, "a"), (3, "b"));
        var running = queue.Run(StopSource.Token);
        var attempts = new[] { await journal.Next(), await journal.Next() }.OrderBy(attempt => attempt.Message.Id).ToList();
        var retry = attempts[0].Next.ShouldBeOfType<Retry>();
        Offer(queue, (4, "b"));
        (await journal.Next()).Message.Id.ShouldBe(Id(4));

        queue.Count.ShouldBe(0);
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Waits);
        Clock.Advance(TimeSpan.FromHours(1));
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Waits);
        queue.TryAdd(new QueuedDelivery(Some.Message(1, "a"), 3, retry.At)).ShouldBe(Delivery.Offer.Added);
        queue.TryAdd(Some.Queued(2, "a")).ShouldBe(Delivery.Offer.Added);
        (await journal.Next()).Message.Id.ShouldBe(Id(1));
        (await journal.Next()).Message.Id.ShouldBe(Id(2));
        await Stop(running);
    }

    [Fact]
    public async Task TakesOtherMessagesOfACustomerOnceItIsUnblocked()
    {
        var channel = new ScriptedChannel((message, _) => Task.FromResult<DeliveryOutcome>(message.Id == Id(1) ? Failure : ScriptedChannel.Success));
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        queue.TryAdd(Some.Queued(1, "a") with { Attempts = 2 });
        var running = queue.Run(StopSource.Token);
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
    public void KnowsWhatItHasAndHowMuchItMayHave()
    {
        var queue = Queue(ScriptedChannel.Taking(), new MemoryJournal());

        for (var i = 0; i < DeliveryLimits.QueueDeliveriesMax; i++) queue.TryAdd(Some.Queued(i, $"c{i % 100}")).ShouldBe(Delivery.Offer.Added);

        queue.TryAdd(Some.Queued(5, "c5")).ShouldBe(Delivery.Offer.Known);
        queue.TryAdd(Some.Queued(-1, "other")).ShouldBe(Delivery.Offer.Full);
        queue.Count.ShouldBe(DeliveryLimits.QueueDeliveriesMax);
    }

    [Fact]
    public async Task DoesNotTakeARowAgainThatEndsWhileTheRowsAreRead()
    {
        var channel = ScriptedChannel.Taking();
        var journal = new MemoryJournal();
        var queue = Queue(channel, journal);
        var running = queue.Run(StopSource.Token);

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
    public async Task TakesNoRowAfterOneThatHasNoPlace()
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
}
