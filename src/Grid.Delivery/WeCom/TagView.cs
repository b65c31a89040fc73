namespace Grid.Delivery.WeCom;

/// <summary>The tags of one scheme as last read. Immutable.</summary>
/// <param name="GroupName">The name that the group has in WeCom.</param>
/// <param name="Ids">Layer to tag.</param>
/// <param name="Owned">The ids of all tags of the group, those of layers that are gone included.</param>
internal sealed record SchemeTags(string GroupName, IReadOnlyDictionary<string, string> Ids, IReadOnlySet<string> Owned);

/// <summary>The tags of all mirrored schemes as last read. Immutable.</summary>
internal sealed record TagView(IReadOnlyDictionary<string, SchemeTags> Schemes)
{
    /// <summary>Null when the layer has no tag.</summary>
    public string? TagOf(string scheme, string layer) =>
        Schemes.TryGetValue(scheme, out var tags) && tags.Ids.TryGetValue(layer, out var id) ? id : null;

    public IReadOnlyList<KnownTag> ToKnownTags() =>
        [.. Schemes.SelectMany(scheme => scheme.Value.Ids.Select(tag => new KnownTag(new TagKey(scheme.Key, tag.Key), tag.Value)))];
}
