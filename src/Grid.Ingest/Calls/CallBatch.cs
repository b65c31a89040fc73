using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

/// <summary>The calls of the Segment spec; <see cref="Any"/> where the call itself says its type.</summary>
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

/// <summary>What was read from one body: an item for each call, in order.</summary>
internal sealed class CallBatch(Instant receivedAt)
{
    public Instant ReceivedAt { get; } = receivedAt;

    public List<CallItem> Items { get; } = [];

    /// <summary>Parts of accepted calls that had to be left out, each with its reason.</summary>
    public List<CallNote> Notes { get; } = [];

    /// <summary>The write key in the body's root, when there is one.</summary>
    public string? WriteKey { get; set; }
}

/// <summary>One call: a fact of a customer, or the reason why there is none.</summary>
internal struct CallItem
{
    /// <summary>Where the call lies in the body.</summary>
    public int Start, Length;

    /// <summary>Known whenever the call names one, also when it is rejected.</summary>
    public string? Customer;

    public Fact? Fact;

    public Slot MessageId;

    /// <summary>Where the timestamp lies; not present when the call has none.</summary>
    public Slot Timestamp;

    /// <summary>The call's own sending time; never when it has none.</summary>
    public Instant SentAt;

    /// <summary>Rejected by the reader, or what the customer answered.</summary>
    public FactOutcome Outcome;

    /// <summary>Where in the body the reason lies.</summary>
    public string? Place;
}

/// <summary>A part that was left out, and why.</summary>
/// <param name="Item">The index of the call it belongs to, or <see cref="WholeBody"/>.</param>
internal readonly record struct CallNote(int Item, string Reason, string Place)
{
    /// <summary>The part belongs to the root of a batch and so to none of its calls.</summary>
    public const int WholeBody = -1;
}

/// <summary>The whole body cannot be used.</summary>
internal sealed record BodyFault(bool TooLarge, string Reason, string? Place);
