using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Grid.Ingest.Calls;

/// <summary>Where a JSON value lies in the body, its quotes included; of type None when the call has no such field.</summary>
internal readonly record struct Slot(int Start, int Length, JsonTokenType Type, bool Escaped)
{
    /// <summary>JSON null says the same as leaving the field out.</summary>
    public bool Present => Type is not (JsonTokenType.None or JsonTokenType.Null);
}

/// <summary>The fields of a call that the grid reads; everything else is skipped.</summary>
internal enum Field : byte
{
    // The envelope of a call.
    Type, Event, UserId, AnonymousId, MessageId, Timestamp, SentAt, GroupId, PageCategory, Properties, Traits, Context,

    // The root of a request.
    Batch, WriteKey,

    // Inside of context.
    Campaign, CampaignSource,

    // Inside of properties; the mapping file says by which names.
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
