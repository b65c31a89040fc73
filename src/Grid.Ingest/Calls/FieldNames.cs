using Grid.Ingest.Mapping;

namespace Grid.Ingest.Calls;

/// <summary>The known fields of one JSON object by name, and for nested objects their own fields.</summary>
internal sealed class FieldNames
{
    private readonly Utf8Lookup<Entry> _names;

    private FieldNames(Dictionary<string, Entry> names) => _names = new Utf8Lookup<Entry>(names);

    public bool TryFind(ReadOnlySpan<byte> name, out Entry entry) => _names.TryFind(name, out entry);

    /// <summary>The envelope of a call of the Segment spec, with the property names of the mapping.</summary>
    public static FieldNames From(EventMapping mapping)
    {
        var properties = new FieldNames(mapping.Properties.ToDictionary(pair => pair.Key, pair => new Entry(pair.Value)));
        var campaign = new FieldNames(new() { ["source"] = new Entry(Field.CampaignSource) });
        var context = new FieldNames(new() { ["campaign"] = new Entry(Field.Campaign, campaign), ["traits"] = new Entry(Field.ContextTraits) });
        var traits = new FieldNames(new() { ["source"] = new Entry(Field.TraitSource) });
        return new FieldNames(new()
        {
            ["type"] = new Entry(Field.Type),
            ["event"] = new Entry(Field.Event),
            ["userId"] = new Entry(Field.UserId),
            ["anonymousId"] = new Entry(Field.AnonymousId),
            ["messageId"] = new Entry(Field.MessageId),
            ["timestamp"] = new Entry(Field.Timestamp),
            ["originalTimestamp"] = new Entry(Field.OriginalTimestamp),
            ["receivedAt"] = new Entry(Field.ReceivedAt),
            ["sentAt"] = new Entry(Field.SentAt),
            ["groupId"] = new Entry(Field.GroupId),
            ["category"] = new Entry(Field.PageCategory),
            ["properties"] = new Entry(Field.Properties, properties),
            ["traits"] = new Entry(Field.Traits, traits),
            ["context"] = new Entry(Field.Context, context),
            ["batch"] = new Entry(Field.Batch),
            ["writeKey"] = new Entry(Field.WriteKey),
        });
    }

    /// <summary>A field, and the fields inside when its value is an object.</summary>
    internal readonly record struct Entry(Field Field, FieldNames? Inside = null);
}
