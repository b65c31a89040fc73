using System.Runtime.InteropServices;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// Named attributes of a customer: traits, tags, consents, plans, communities. Later facts win in any order of arrival; of two facts of one instant the
/// later received.
/// </summary>
public sealed partial class Attributes
{
    private readonly List<TraitEntry> _traits = [];
    private readonly List<TraitRemoval> _removals = [];
    private readonly List<TagEntry> _tags = [];
    private readonly List<ConsentEntry> _consents = [];
    private readonly List<PlanEntry> _plans = [];
    private readonly List<CommunityEntry> _communities = [];

    /// <summary>Each list is ordered by name, plans by (At, Key), so that equal facts make equal bytes.</summary>
    public ReadOnlySpan<TraitEntry> Traits => CollectionsMarshal.AsSpan(_traits);
    public ReadOnlySpan<TraitRemoval> Removals => CollectionsMarshal.AsSpan(_removals);
    public ReadOnlySpan<TagEntry> Tags => CollectionsMarshal.AsSpan(_tags);
    public ReadOnlySpan<ConsentEntry> Consents => CollectionsMarshal.AsSpan(_consents);
    public ReadOnlySpan<PlanEntry> Plans => CollectionsMarshal.AsSpan(_plans);
    public ReadOnlySpan<CommunityEntry> Communities => CollectionsMarshal.AsSpan(_communities);

    public void Clear()
    {
        _traits.Clear();
        _removals.Clear();
        _tags.Clear();
        _consents.Clear();
        _plans.Clear();
        _communities.Clear();
    }

    /// <summary>
    /// Replaces the content by the attributes of another customer that had arrived by an instant. The values that later attributes replaced are lost.
    /// </summary>
    /// <returns>The number of attributes left out because they arrived later.</returns>
    internal int Take(Attributes others, Instant until)
    {
        Clear();
        foreach (var entry in others._traits.Where(entry => entry.At <= until)) _traits.Add(entry);
        foreach (var entry in others._removals.Where(entry => entry.At <= until)) _removals.Add(entry);
        foreach (var entry in others._tags.Where(entry => entry.At <= until)) _tags.Add(entry);
        foreach (var entry in others._consents.Where(entry => entry.At <= until)) _consents.Add(entry);
        foreach (var entry in others._plans.Where(entry => entry.At <= until)) _plans.Add(entry);
        foreach (var entry in others._communities.Where(entry => entry.At <= until)) _communities.Add(entry);
        return others.Count - Count;
    }

    internal int Count => _traits.Count + _removals.Count + _tags.Count + _consents.Count + _plans.Count + _communities.Count;

    /// <summary>The first instant after another at which a tag or a plan ends; <see cref="Instant.Never"/> for none.</summary>
    internal Instant NextEnd(Instant now)
    {
        var next = Instant.Never;
        foreach (var tag in _tags)
            if (tag.HoldsAt(now))
                next = Instant.Min(next, tag.ExpiresAt);
        foreach (var plan in _plans)
            if (plan.At <= now && now < plan.Until)
                next = Instant.Min(next, plan.Until);
        return next;
    }

    public FactOutcome Apply(TagChanged changed)
    {
        if (_tags.Count >= Limits.TagsMax && !_tags.Exists(entry => entry.Name == changed.Tag))
            return FactOutcome.Rejected(Reasons.TagsFull.With(Limits.TagsMax));
        var tag = new TagEntry(changed.Tag, changed.Present, changed.At, changed.Key, changed.ExpiresAt);
        Put(_tags, tag, later: true);
        return FactOutcome.Accepted;
    }

    public FactOutcome Apply(ConsentChanged changed)
    {
        if (_consents.Count >= Limits.ConsentsMax && !_consents.Exists(entry => entry.Purpose == changed.Purpose))
            return FactOutcome.Rejected(Reasons.ConsentsFull.With(Limits.ConsentsMax));
        var consent = new ConsentEntry(changed.Purpose, changed.Granted, changed.At, changed.Key);
        Put(_consents, consent, later: true);
        return FactOutcome.Accepted;
    }

    public FactOutcome Apply(PlanPurchased purchased)
    {
        if (_plans.Count >= Limits.PlansMax) return FactOutcome.Rejected(Reasons.PlansFull.With(Limits.PlansMax));
        var index = _plans.Count;
        while (index > 0 && After((_plans[index - 1].At, _plans[index - 1].Key), (purchased.At, purchased.Key))) index--;
        _plans.Insert(index, new PlanEntry(purchased.Plan, purchased.At, purchased.Key, purchased.Until));
        return FactOutcome.Accepted;
    }

    /// <summary>The first join of a community gives its acquisition source.</summary>
    public FactOutcome Apply(CommunityJoined joined)
    {
        if (_communities.Count >= Limits.CommunitiesMax && !_communities.Exists(entry => entry.Community == joined.Community))
            return FactOutcome.Rejected(Reasons.CommunitiesFull.With(Limits.CommunitiesMax));
        var community = new CommunityEntry(joined.Community, joined.Source, joined.At, joined.Key);
        Put(_communities, community, later: false);
        return FactOutcome.Accepted;
    }

    internal void Restore(TagEntry entry) => _tags.Add(entry);

    internal void Restore(ConsentEntry entry) => _consents.Add(entry);

    internal void Restore(PlanEntry entry) => _plans.Add(entry);

    internal void Restore(CommunityEntry entry) => _communities.Add(entry);

    /// <param name="later">Whether the later fact wins, else the earlier one.</param>
    private static void Put<T>(List<T> list, T entry, bool later)
        where T : struct, INamedEntry<T>
    {
        var index = IndexOf(list, entry.Name);
        if (index < 0)
        {
            list.Insert(~index, entry);
            return;
        }

        var kept = list[index];
        if (entry.At != kept.At)
        {
            if (entry.At > kept.At == later) list[index] = entry;
        }
        else if (entry.Key != kept.Key && !Ties.Holds(kept.Replaced, entry.Key))
        {
            list[index] = entry.With(Ties.Add(Ties.Add(entry.Replaced, kept.Replaced), kept.Key));
        }
    }

    /// <summary>The place of a name; the complement of where it belongs when it is not there.</summary>
    private static int IndexOf<T>(List<T> list, string name)
        where T : struct, INamedEntry<T>
    {
        var index = 0;
        var order = -1;
        while (index < list.Count && (order = string.CompareOrdinal(list[index].Name, name)) < 0) index++;
        return index < list.Count && order == 0 ? index : ~index;
    }

    private static bool After((Instant At, MessageKey Key) left, (Instant At, MessageKey Key) right) =>
        left.At > right.At || (left.At == right.At && left.Key.CompareTo(right.Key) > 0);

    /// <summary>For the codec: adds to a restored entry the keys that it has replaced. An earlier build may have put another in its place.</summary>
    internal void RestoreReplaced(TiedKind kind, string name, MessageKey key, MessageKey[] replaced)
    {
        switch (kind)
        {
            case TiedKind.Trait: RestoreReplaced(_traits, name, key, replaced); break;
            case TiedKind.Removal: RestoreReplaced(_removals, name, key, replaced); break;
            case TiedKind.Tag: RestoreReplaced(_tags, name, key, replaced); break;
            case TiedKind.Consent: RestoreReplaced(_consents, name, key, replaced); break;
            case TiedKind.Community: RestoreReplaced(_communities, name, key, replaced); break;
        }
    }

    private static void RestoreReplaced<T>(List<T> list, string name, MessageKey key, MessageKey[] replaced)
        where T : struct, INamedEntry<T>
    {
        var index = IndexOf(list, name);
        if (index >= 0 && list[index].Key == key) list[index] = list[index].With(replaced);
    }
}
