namespace Grid.Delivery.WeCom;

/// <summary>What to change at a contact. Pure.</summary>
/// <param name="Add">Ids of tags, each once.</param>
/// <param name="Remove">Ids of tags, each once, none of them in <paramref name="Add"/>.</param>
internal sealed record TagDifference(IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    public bool IsEmpty => Add.Count == 0 && Remove.Count == 0;

    /// <summary>
    /// The difference between the tags a contact has and the layers it should show. Tags of schemes without a target, and tags that are not in a group of the
    /// grid, are left alone.
    /// </summary>
    /// <param name="targets">Each layer has a tag in <paramref name="view"/>.</param>
    public static TagDifference Between(IReadOnlyList<ContactTag> present, IReadOnlyList<LayerTarget> targets, TagView view)
    {
        var (add, remove) = (new List<string>(), new List<string>());
        foreach (var target in targets)
        {
            var scheme = view.Schemes[target.Scheme];
            var wanted = target.Layer is { } layer ? scheme.Ids[layer] : null;
            if (wanted is not null && present.All(tag => tag.Id != wanted) && !add.Contains(wanted)) add.Add(wanted);
            foreach (var tag in present)
            {
                if (tag.Id is { } id && id != wanted && IsOwned(tag, scheme) && !remove.Contains(id)) remove.Add(id);
            }
        }

        return new TagDifference(add, remove);
    }

    // The name counts as well: a tag that was added to the group after the last reading is not in the list of ids.
    private static bool IsOwned(ContactTag tag, SchemeTags scheme) =>
        scheme.Owned.Contains(tag.Id!) || (tag.Type == CorpTagType && tag.GroupName == scheme.GroupName);

    private const int CorpTagType = 1;
}
