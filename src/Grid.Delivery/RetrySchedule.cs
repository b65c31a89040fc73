using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grid.Model.Time;

namespace Grid.Delivery;

/// <summary>What follows an attempt.</summary>
public abstract record NextStep;

/// <summary>Nothing: the message is delivered.</summary>
public sealed record Finish : NextStep;

/// <summary>Another attempt at <paramref name="At"/>; until then the customer's later messages wait.</summary>
public sealed record Retry(Instant At) : NextStep;

/// <summary>No further attempt by itself: the message is kept, listed, and sent again when an operator replays it.</summary>
public sealed record Park(string Reason) : NextStep;

/// <summary>
/// When a message is attempted again: 5 seconds, 5 minutes, 30 minutes, 2, 5, 10 and 10 hours after the failure before (the delays of Standard Webhooks),
/// each lengthened by 0 to 20 %, which depends on the message and the attempt only.
/// </summary>
public static class RetrySchedule
{
    private static readonly long[] Delays =
    [
        0,
        5 * MillisecondsPer.Second,
        5 * MillisecondsPer.Minute,
        30 * MillisecondsPer.Minute,
        2 * MillisecondsPer.Hour,
        5 * MillisecondsPer.Hour,
        10 * MillisecondsPer.Hour,
        10 * MillisecondsPer.Hour,
    ];

    private static readonly Finish Finished = new();

    /// <summary>Attempts of one message, the first included.</summary>
    public static int AttemptsMax => Delays.Length;

    /// <summary>What follows an attempt.</summary>
    /// <param name="attempt">Its number; the first is 1.</param>
    /// <param name="at">When the outcome was known.</param>
    public static NextStep After(int attempt, string messageId, DeliveryOutcome outcome, Instant at) => outcome switch
    {
        Delivered => Finished,
        Gone => new Park("the endpoint wants no further message (410 or webhook-delivery: disable)"),
        Aborted aborted => new Park($"the receiver answered {aborted.Status} and wants no retry (webhook-delivery: abort-message)"),
        Refused refused => new Park(refused.Reason),
        Failed failed when attempt >= AttemptsMax => new Park($"{attempt} attempts failed, the last because {failed.Reason}"),
        Failed failed => new Retry(at.Plus(Math.Max(DelayOf(attempt + 1, messageId), BoundedMilliseconds(failed.RetryAfter)))),
        _ => throw new ArgumentException($"no rule for {outcome.GetType().Name}", nameof(outcome)),
    };

    /// <summary>The delay before an attempt in milliseconds, lengthened at random by the message's id; 0 for the first.</summary>
    internal static long DelayOf(int attempt, string messageId)
    {
        var delay = Delays[attempt - 1];
        return delay + (long)(delay * (DeliveryLimits.JitterPercentMax / 100d) * ShareOf(attempt, messageId));
    }

    /// <summary>At least 0 and less than 1, the same on every machine.</summary>
    private static double ShareOf(int attempt, string messageId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{attempt}:{messageId}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * Math.Pow(2, -53);
    }

    private static long BoundedMilliseconds(TimeSpan? retryAfter) => retryAfter is not { } wait
        ? 0
        : (long)Math.Clamp(wait.TotalMilliseconds, 0, DeliveryLimits.RetryAfterHoursMax * MillisecondsPer.Hour);
}
