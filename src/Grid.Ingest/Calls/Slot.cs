using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Grid.Ingest.Calls;

/// <summary>The place of a JSON value in the body, quotes included; of type None when the call does not have the field.</summary>
internal readonly record struct Slot(int Start, int Length, JsonTokenType Type, bool Escaped)
{
    /// <summary>null counts as a missing field. The reader makes null of an empty text and of an empty array.</summary>
    public bool Present => Type is not (JsonTokenType.None or JsonTokenType.Null);
}

/// <summary>The fields of a call that Grid reads; all others are skipped.</summary>
internal enum Field : byte
{
    // The envelope of a call.
    Type, Event, UserId, AnonymousId, MessageId, Timestamp, OriginalTimestamp, ReceivedAt, SentAt, GroupId, PageCategory, Properties, Traits, Context,

    // The root of a request.
    Batch, WriteKey,

    // Inside of context.
    Campaign, CampaignSource, ContextTraits,

    // The fields inside properties; the mapping file defines their names.
    OrderId, Total, Revenue, Currency, Category, Channel, Affiliation, Quantity, Products, Dwell, Tag, ExpiresAt, Plan, Until,
    Points, Purpose, Community, Source,

    // Inside of the traits of a group call.
    TraitSource,

    Count,
}

/// <summary>One slot for each field.</summary>
[InlineArray((int)Field.Count)]
internal struct Slots
{
    private Slot _first;

    public readonly ref readonly Slot this[Field field]
    {
        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        get => ref this[(int)field];
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ref Slot At(Field field) => ref this[(int)field];
}
