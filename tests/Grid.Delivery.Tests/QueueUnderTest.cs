using Shouldly;

namespace Grid.Delivery.Tests;

/// <summary>A queue on a clock that the test moves.</summary>
public abstract class QueueUnderTest : IDisposable
{
    private protected static readonly Failed Failure = new("the receiver answered 500", 500);

    private protected WatchedClock Clock { get; } = new();

    private protected CancellationTokenSource StopSource { get; } = new();

    public void Dispose()
    {
        StopSource.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected EndpointQueue Queue(IDeliveryChannel channel, IDeliveryJournal journal, int concurrency = 8, int rate = 10_000) =>
        new(channel, journal, concurrency, rate, EndpointHealth.Fresh, Clock);

    private protected async Task Stop(Task<QueueEnd> running)
    {
        await StopSource.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(QueueEnd.Stopped);
    }

    private protected static string Id(long position) => Some.Message(position).Id;

    private protected static void Offer(EndpointQueue queue, params (long Position, string Customer)[] messages)
    {
        foreach (var (position, customer) in messages) queue.TryAdd(Some.Queued(position, customer)).ShouldBe(Delivery.Offer.Added);
    }
}
