using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

/// <summary>The calls of the Segment spec; <see cref="Any"/> when the call itself names its type.</summary>
internal enum CallKind : byte
{
    Any,
    Track,
    Identify,
    Page,
    Screen,
    Group,
    Alias,
}

/// <summary>The items of one body, one for each call, in order.</summary>
internal sealed class CallBatch(Instant receivedAt)
{
    public Instant ReceivedAt { get; } = receivedAt;

    public List<CallItem> Items { get; } = [];

    /// <summary>Parts of accepted calls that had to be left out, and contents that accepted calls replaced, each with its reason.</summary>
    public List<CallNote> Notes { get; } = [];

    /// <summary>The write key in the body's root, when there is one.</summary>
    public string? WriteKey { get; set; }
}

/// <summary>One call: a fact of a customer, or the reason why it gave none.</summary>
internal struct CallItem
{
    /// <summary>The place of the call in the body.</summary>
    public int Start, Length;

    /// <summary>Set whenever the call names a customer, also when it is rejected.</summary>
    public string? Customer;

    public Fact? Fact;

    /// <summary>The traits that a call brings along in its context; null for none, and for identify, which has them in its fact.</summary>
    public TraitsSet? Traits;

    public Slot MessageId;

    /// <summary>The field that dates the call: timestamp, or originalTimestamp where it stands alone.</summary>
    public Field DatedBy;

    /// <summary>The place of that field's value; not present when the call has none.</summary>
    public Slot Timestamp;

    /// <summary>The date is not corrected by the sending time: another server has done so, or the call is imported.</summary>
    public bool IsSettled;

    /// <summary>The call's own sentAt; never when it has none.</summary>
    public Instant SentAt;

    /// <summary>Set by the reader when it rejects the call, else by the customer.</summary>
    public FactOutcome Outcome;

    /// <summary>The place in the body that the reason is about.</summary>
    public string? Place;
}

/// <summary>A part of a call that was left out, and why.</summary>
/// <param name="Item">The index of the call it belongs to, or <see cref="WholeBody"/>.</param>
internal readonly record struct CallNote(int Item, Reason Reason, string Place)
{
    /// <summary>The part belongs to the root of a batch and so to none of its calls.</summary>
    public const int WholeBody = -1;
}

/// <summary>The mistake that makes the whole body unusable.</summary>
internal sealed record BodyFault(Reason Reason, string? Place, bool IsTooLarge = false);
