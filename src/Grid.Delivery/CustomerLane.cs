using Grid.Model.Time;

namespace Grid.Delivery;

/// <summary>The waiting messages of one customer, in order. Only the first is ever sent.</summary>
internal sealed class CustomerLane
{
    /// <summary>The first stays here while it is under way.</summary>
    public Queue<QueuedDelivery> Waiting { get; } = new();

    /// <summary>When the first may be sent.</summary>
    public Instant DueAt { get; set; }

    /// <summary>
    /// The message that must be offered next because its retry waits in the outbox; null when any may. Without this mark, a later message that is offered
    /// meanwhile would overtake it.
    /// </summary>
    public string? AwaitedId { get; set; }
}
