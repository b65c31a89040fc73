namespace Grid.Delivery.WeCom;

/// <summary>Tags that a scheme lacks.</summary>
/// <param name="GroupId">Null when the group is missing too.</param>
internal sealed record MissingTags(string Scheme, string? GroupId, string GroupName, IReadOnlyList<NewTag> Tags);

/// <summary>
/// Finds the tags of layers in what WeCom has: by the id known from before, so that a rename does no harm, else by name in the scheme's group. Pure.
/// </summary>
internal sealed record CatalogueMatch(TagView View, IReadOnlyList<MissingTags> Missing, IReadOnlyList<CatalogueNotice> Notices, int TagsPresent)
{
    /// <param name="schemes">Each has a group in <paramref name="groupNames"/>.</param>
    /// <param name="groups">What WeCom has.</param>
    /// <param name="known">The ids of before.</param>
    public static CatalogueMatch Find(
        IReadOnlyList<MirroredScheme> schemes,
        IReadOnlyDictionary<string, string> groupNames,
        IReadOnlyList<CorpTagGroup> groups,
        IReadOnlyDictionary<TagKey, string> known)
    {
        var live = groups.Where(group => !group.Deleted).ToList();
        var notices = new List<CatalogueNotice>();
        var missing = new List<MissingTags>();
        var views = new Dictionary<string, SchemeTags>();
        foreach (var scheme in schemes)
        {
            var name = groupNames[scheme.Scheme];
            var ids = scheme.Layers.Select(layer => known.GetValueOrDefault(new TagKey(scheme.Scheme, layer.Id))).OfType<string>().ToHashSet();
            var group = live.Find(candidate => LiveTags(candidate).Any(tag => ids.Contains(tag.Id))) ?? live.Find(candidate => candidate.Name == name);
            if (group is not null && group.Name != name) notices.Add(new GroupRenamed(scheme.Scheme, name, group.Name));
            views[scheme.Scheme] = MatchLayers(scheme, name, group, known, notices, missing);
        }

        return new CatalogueMatch(new TagView(views), missing, notices, live.Sum(group => LiveTags(group).Count()));
    }

    private static SchemeTags MatchLayers(
        MirroredScheme scheme,
        string groupName,
        CorpTagGroup? group,
        IReadOnlyDictionary<TagKey, string> known,
        List<CatalogueNotice> notices,
        List<MissingTags> missing)
    {
        var tags = group is null ? [] : LiveTags(group).ToList();
        var found = new Dictionary<string, string>();
        foreach (var layer in scheme.Layers)
        {
            var key = new TagKey(scheme.Scheme, layer.Id);
            if (!known.TryGetValue(key, out var id)) continue;
            if (tags.Find(tag => tag.Id == id) is not { } tag)
            {
                notices.Add(new TagDeleted(key, id));
                continue;
            }

            found[layer.Id] = id;
            if (tag.Name != layer.TagName) notices.Add(new TagRenamed(key, id, layer.TagName, tag.Name));
        }

        // By name only among the tags that stand for no other layer: a tag renamed to another layer's name still is what it was.
        var taken = found.Values.ToHashSet();
        var added = new List<NewTag>();
        for (var rank = 0; rank < scheme.Layers.Count; rank++)
        {
            var layer = scheme.Layers[rank];
            if (found.ContainsKey(layer.Id)) continue;
            if (tags.Find(tag => tag.Name == layer.TagName && !taken.Contains(tag.Id)) is { } tag) found[layer.Id] = tag.Id;
            else added.Add(new NewTag(layer.TagName, rank + 1));
        }

        if (added.Count > 0) missing.Add(new MissingTags(scheme.Scheme, group?.Id, groupName, added));
        return new SchemeTags(group?.Name ?? groupName, found, tags.Select(tag => tag.Id).ToHashSet());
    }

    // A listing of all tags leaves out deleted ones; one by ids has them, marked.
    private static IEnumerable<CorpTag> LiveTags(CorpTagGroup group) => (group.Tags ?? []).Where(tag => !tag.Deleted);
}
