using System.Threading.Channels;
using Grid.Model.Time;

namespace Grid.Delivery;

/// <summary>
/// Sends the due messages of one endpoint: those of one customer one after another, those of different customers side by side, within the endpoint's
/// concurrency, rate and circuit. A customer whose message waits for a retry holds up nobody else.
/// </summary>
/// <remarks>Each outcome is durable before the customer's next message is sent. A crash repeats at most the messages that were under way.</remarks>
/// <param name="health">How the endpoint has fared before.</param>
public sealed partial class EndpointQueue(
    IDeliveryChannel channel, IDeliveryJournal journal, int concurrency, int ratePerSecond, EndpointHealth health, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CustomerLane> _lanes = [];
    private readonly HashSet<string> _ids = [];
    private readonly PriorityQueue<CustomerLane, (long DueAt, long Order)> _ready = new();
    private readonly RateWindow _rate = new(ratePerSecond, clock);

    // One place: a change that is signalled while another waits to be seen is seen with it.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private EndpointHealth _health = health;
    private Exception? _failure;
    private long _order;

    // While rows are being read: ids that the queue has given up since, so that what the read still shows of them is stale.
    private HashSet<string>? _settled;
    private int _sending;
    private int _recording;

    /// <summary>The health by all outcomes so far. Store it with each attempt.</summary>
    public EndpointHealth Health
    {
        get
        {
            lock (_gate) return _health;
        }
    }

    /// <summary>Messages in memory, those under way included.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _ids.Count;
        }
    }

    /// <summary>
    /// Reads pending rows of the outbox and takes them, until the queue is full. A row that ends while the rows are read is not taken again.
    /// </summary>
    /// <param name="read">Returns rows in the order of the log, for each customer from the first that is pending. One read at a time.</param>
    /// <returns>Rows taken.</returns>
    public async Task<int> Fill(Func<Task<IReadOnlyList<QueuedDelivery>>> read)
    {
        lock (_gate) _settled = _settled is null ? [] : throw new InvalidOperationException("The rows are being read already");
        try
        {
            var taken = 0;
            foreach (var row in await read())
            {
                var offer = TryAdd(row);
                if (offer == Offer.Added) taken++;

                // Going on could take the next row of the same customer when a place becomes free.
                if (offer == Offer.Full) break;
            }

            return taken;
        }
        finally
        {
            lock (_gate) _settled = null;
        }
    }

    /// <summary>
    /// Takes a message whose row is known to be pending. Those of one customer must be offered in their order, none after one that was not taken.
    /// </summary>
    public Offer TryAdd(QueuedDelivery delivery)
    {
        var message = delivery.Message;
        lock (_gate)
        {
            if (_ids.Contains(message.Id) || _settled?.Contains(message.Id) == true) return Offer.Known;
            _lanes.TryGetValue(message.OrderKey, out var lane);
            if (lane?.AwaitedId is { } awaited && awaited != message.Id) return Offer.Waits;
            if (_ids.Count >= DeliveryLimits.QueueDeliveriesMax) return Offer.Full;
            if (lane is null) _lanes.Add(message.OrderKey, lane = new CustomerLane());
            lane.AwaitedId = null;
            _ids.Add(message.Id);
            lane.Waiting.Enqueue(delivery);
            if (lane.Waiting.Count == 1) MakeReady(lane);
        }

        Signal();
        return Offer.Added;
    }

    /// <summary>
    /// Forgets that a message of the customer waits in the outbox for its retry: an operator has parked or deleted it, or replays it as a new row.
    /// </summary>
    public void Unblock(string orderKey)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue(orderKey, out var lane) && lane.AwaitedId is not null) _lanes.Remove(orderKey);
        }
    }

    private void Signal() => _changes.Writer.TryWrite(true);

    private Instant Now() => Instant.From(clock.GetUtcNow());

    private void GiveUp(string messageId)
    {
        _ids.Remove(messageId);
        _settled?.Add(messageId);
    }

    private void MakeReady(CustomerLane lane)
    {
        lane.DueAt = lane.Waiting.Peek().DueAt;
        _ready.Enqueue(lane, (lane.DueAt.Milliseconds, _order++));
    }
}
