using Grid.Model.Time;

namespace Grid.Delivery;

/// <summary>A message that waits for an attempt: a pending row of the outbox.</summary>
/// <param name="Attempts">Attempts whose outcome is recorded.</param>
/// <param name="DueAt">The next attempt is not made before.</param>
public sealed record QueuedDelivery(DeliveryMessage Message, int Attempts, Instant DueAt);

/// <summary>One attempt with its outcome and what follows.</summary>
/// <param name="Attempt">Its number; the first is 1.</param>
public sealed record DeliveryAttempt(DeliveryMessage Message, int Attempt, Instant StartedAt, Instant EndedAt, DeliveryOutcome Outcome, NextStep Next);

/// <summary>Makes attempts durable.</summary>
public interface IDeliveryJournal
{
    /// <summary>Returns when the attempt is durable; only then the next message of the customer is sent. An exception ends the queue.</summary>
    Task Record(DeliveryAttempt attempt);
}

/// <summary>What became of a message offered to a queue.</summary>
public enum Offer
{
    /// <summary>The queue has it.</summary>
    Added,

    /// <summary>The queue has it already, or has ended with it.</summary>
    Known,

    /// <summary>An earlier message of the customer waits in the outbox for its retry; offer this one after that one.</summary>
    Waits,

    /// <summary>The queue is full; later offer this one and those after it.</summary>
    Full,
}

/// <summary>Why a queue ended.</summary>
public enum QueueEnd
{
    Stopped,

    /// <summary>The endpoint is disabled; what the queue still has is to be parked.</summary>
    Disabled,
}
