using System.Collections.Concurrent;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

/// <summary>Thousands of messages through an endpoint that fails at random, with an outbox as a grain would keep it.</summary>
public sealed class CustomerOrderTests
{
    private const int Messages = 2_000;
    private const int Customers = 40;

    private readonly WatchedClock _clock = new();
    private readonly ConcurrentQueue<DeliveryMessage> _received = new();

    [Theory]
    [InlineData(1, 0.05, 0)]
    [InlineData(2, 0.3, 0)]
    [InlineData(3, 0.3, 12)]
    [InlineData(4, 0.6, 5)]
    public async Task IsKeptUnderFailuresAndStops(int seed, double failureShare, int stops)
    {
        var random = new Random(seed);
        var gate = new Lock();
        var outbox = new Outbox(Enumerable.Range(1, Messages).Select(i => Some.Message(i, $"c{random.Next(Customers)}")));
        var channel = new ScriptedChannel(async (message, cancel) =>
        {
            _received.Enqueue(message);
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            lock (gate) return random.NextDouble() < failureShare ? new Failed("by chance", 500) : ScriptedChannel.Success;
        });

        var health = EndpointHealth.Fresh;
        for (var run = 0; run <= stops; run++)
        {
            using var stop = new CancellationTokenSource();
            var queue = new EndpointQueue(channel, outbox, 8, 10_000, health, _clock);
            var running = queue.Run(stop.Token);
            var goal = outbox.Ended + ((Messages - outbox.Ended) / (stops + 1 - run));
            while (outbox.Ended < goal && !running.IsCompleted)
            {
                await queue.Fill(outbox.Read);
                _clock.Advance(TimeSpan.FromSeconds(20));
                await Task.Yield();
            }

            await stop.CancelAsync();
            await running.WaitAsync(TimeSpan.FromSeconds(30));
            health = queue.Health with { DisabledAt = null, FailingSince = null };
        }

        outbox.Ended.ShouldBe(Messages);
        (outbox.Delivered + outbox.Parked).ShouldBe(Messages);
        outbox.Disorder.ShouldBeEmpty();
        _received.Select(message => message.Id).Distinct().Count().ShouldBe(Messages);
        foreach (var customer in _received.GroupBy(message => message.OrderKey))
            customer.Select(message => message.Sequence).ShouldBe(customer.Select(message => message.Sequence).Order(StringComparer.Ordinal));
    }

    /// <summary>Rows in the order of their positions, each pending until it is delivered or parked.</summary>
    private sealed class Outbox(IEnumerable<DeliveryMessage> messages) : IDeliveryJournal
    {
        private readonly Lock _gate = new();
        private readonly SortedDictionary<string, QueuedDelivery> _pending =
            new(messages.ToDictionary(message => message.Sequence, message => new QueuedDelivery(message, 0, Some.Noon)), StringComparer.Ordinal);

        public int Delivered { get; private set; }

        public int Parked { get; private set; }

        public int Ended
        {
            get
            {
                lock (_gate) return Delivered + Parked;
            }
        }

        /// <summary>Ids of messages that ended before an earlier one of their customer.</summary>
        public List<string> Disorder { get; } = [];

        public Task<IReadOnlyList<QueuedDelivery>> Read()
        {
            lock (_gate) return Task.FromResult<IReadOnlyList<QueuedDelivery>>([.. _pending.Values]);
        }

        public Task Record(DeliveryAttempt attempt)
        {
            lock (_gate)
            {
                var (message, sequence) = (attempt.Message, attempt.Message.Sequence);
                if (_pending.Values.First(row => row.Message.OrderKey == message.OrderKey).Message.Id != message.Id) Disorder.Add(message.Id);
                if (attempt.Next is Retry retry)
                {
                    _pending[sequence] = new QueuedDelivery(message, attempt.Attempt, retry.At);
                    return Task.CompletedTask;
                }

                _pending.Remove(sequence);
                if (attempt.Next is Finish) Delivered++;
                else Parked++;
            }

            return Task.CompletedTask;
        }
    }
}
