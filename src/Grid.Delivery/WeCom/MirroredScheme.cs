using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>A layer and the name of its corp tag, 1 to <see cref="WeComLimits.TagNameCharactersMax"/> characters.</summary>
public readonly record struct MirroredLayer(string Id, string TagName);

/// <summary>A scheme whose layers are mirrored.</summary>
/// <param name="Layers">In the order of their rank, lowest first; WeCom shows the highest first.</param>
public sealed record MirroredScheme(string Scheme, IReadOnlyList<MirroredLayer> Layers);

/// <summary>A layer of a scheme.</summary>
public readonly record struct TagKey(string Scheme, string Layer);

/// <summary>Which corp tag stands for which layer: what a caller stores, so that a renamed tag is found again.</summary>
public sealed record KnownTag(TagKey Key, string TagId);

/// <summary>A difference between the tags as the grid made them and as WeCom has them.</summary>
public abstract record CatalogueNotice;

/// <summary>Somebody renamed a tag. It still stands for the layer.</summary>
public sealed record TagRenamed(TagKey Key, string TagId, string Expected, string Found) : CatalogueNotice;

/// <summary>Somebody deleted a tag. It is added again under a new id; customers get it at the next change or resync.</summary>
public sealed record TagDeleted(TagKey Key, string TagId) : CatalogueNotice;

/// <summary>Somebody renamed a tag group. It still belongs to the scheme.</summary>
public sealed record GroupRenamed(string Scheme, string Expected, string Found) : CatalogueNotice;

/// <summary>What became of bringing the tags in line with the schemes.</summary>
public abstract record CatalogueOutcome;

/// <summary>Each layer has a tag.</summary>
/// <param name="Tags">Every tag of the mirrored schemes.</param>
/// <param name="Added">Tags added by this call.</param>
/// <param name="Notices">What others changed since the tags were last read.</param>
public sealed record CatalogueReady(IReadOnlyList<KnownTag> Tags, int Added, IReadOnlyList<CatalogueNotice> Notices) : CatalogueOutcome;

/// <summary>Not known before <paramref name="Until"/>; call again then.</summary>
public sealed record CatalogueDeferred(Instant Until, string Reason) : CatalogueOutcome;

/// <summary>The missing tags do not fit: none was added. Layers that have a tag are mirrored all the same.</summary>
/// <param name="Present">Corp tags of the corp, those of others included.</param>
/// <param name="Missing">Tags to add.</param>
/// <param name="Quota">Corp tags that the corp may have.</param>
public sealed record QuotaReached(int Present, int Missing, int Quota) : CatalogueOutcome;

/// <summary>WeCom refuses, or the schemes do not fit the settings. An operator must act.</summary>
/// <param name="Code">WeCom's code; 0 when the adapter refuses by itself.</param>
public sealed record CatalogueRefused(int Code, string Message) : CatalogueOutcome;
