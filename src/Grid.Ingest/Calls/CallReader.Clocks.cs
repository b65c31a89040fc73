using System.Runtime.InteropServices;
using Grid.Model;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

internal ref partial struct CallReader
{
    private static Field DatedBy(in Slots slots) =>
        !slots[Field.Timestamp].Present && slots[Field.OriginalTimestamp].Present ? Field.OriginalTimestamp : Field.Timestamp;

    /// <summary>
    /// Corrects the senders' clocks: occurredAt = receivedAt − (sentAt − timestamp), within the limits. A small difference is the time that the
    /// request took; a call that another server has received before is dated already.
    /// </summary>
    private readonly void Settle(Instant batchSentAt)
    {
        var received = _into.ReceivedAt;
        var items = CollectionsMarshal.AsSpan(_into.Items);
        for (var index = 0; index < items.Length; index++)
        {
            ref var item = ref items[index];
            if (item.Fact is not { } fact || !item.Timestamp.Present) continue;
            var sentAt = item.SentAt.IsNever ? batchSentAt : item.SentAt;
            var skew = item.IsSettled || sentAt.IsNever ? 0 : received.Milliseconds - sentAt.Milliseconds;
            var at = Math.Abs(skew) <= IngestLimits.ClockSkewMillisecondsMin ? fact.At : fact.At.Plus(skew);
            if (TimeFault(at, received) is { } reason)
            {
                (item.Fact, item.Traits) = (null, null);
                item.Outcome = FactOutcome.Rejected(reason);
                item.Place = Position((_isBatch ? $"$.batch[{index}]" : "$") + $".{FieldPaths.Name(item.DatedBy)}", item.Timestamp.Start);
            }
            else if (at != fact.At)
            {
                item.Fact = fact with { At = at };
                if (item.Traits is { } traits) item.Traits = traits with { At = at };
            }
        }
    }

    internal static Reason? TimeFault(Instant at, Instant received)
    {
        if (at > received.Plus(Limits.FutureMillisecondsMax))
            return Reasons.OccursInTheFuture.With(Spell(at));
        return at.Milliseconds < Limits.EarliestMilliseconds
            ? Reasons.OccurredTooEarly.With(new Instant(Limits.EarliestMilliseconds), Spell(at)) : null;
    }

    // A corrected instant may lie outside of the years that a date can express.
    private static string Spell(Instant at) =>
        Math.Abs((double)at.Milliseconds) < 60_000d * MillisecondsPer.Day ? at.ToString() : $"{at.Milliseconds} ms since 1970";

    /// <summary>The sentAt of the call, by the sender's clock; an unreadable one is reported, and nothing is corrected.</summary>
    private static Instant SentAt(in Slots slots, ref CallFields fields) =>
        slots[Field.SentAt].Present ? fields.OptionalInstant(Field.SentAt) ?? Instant.Never : Instant.Never;
}
