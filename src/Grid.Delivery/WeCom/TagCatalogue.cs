namespace Grid.Delivery.WeCom;

/// <summary>
/// Knows the corp tag of each layer: reads the corp's tags once, adds the missing ones, and reads again when asked or when a tag turned out to be gone. One
/// reading at a time. Safe for concurrent use.
/// </summary>
internal sealed class TagCatalogue : IDisposable
{
    private readonly WeComApi _api;
    private readonly WeComOptions _options;
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly Dictionary<TagKey, string> _known;
    private IReadOnlyList<MirroredScheme> _schemes = [];
    private volatile TagView? _view;

    /// <param name="known">The tags that an earlier run stored; may be empty.</param>
    public TagCatalogue(WeComApi api, WeComOptions options, IEnumerable<KnownTag> known)
    {
        _api = api;
        _options = options;
        _known = known.ToDictionary(tag => tag.Key, tag => tag.TagId);
    }

    /// <summary>Null before the first reading, after an interrupted one, and after <see cref="Forget"/>.</summary>
    public TagView? View => _view;

    /// <summary>Makes the next use read the tags again.</summary>
    /// <param name="seen">The view that turned out to be wrong; a newer one is kept.</param>
    public void Forget(TagView seen)
    {
        if (ReferenceEquals(_view, seen)) _view = null;
    }

    /// <summary>Takes over the schemes, reads the corp's tags and adds the missing ones.</summary>
    public async Task<CatalogueOutcome> EnsureAsync(IReadOnlyList<MirroredScheme> schemes, CancellationToken cancellation)
    {
        if (ProblemOf(schemes) is { } problem) return problem;
        await _lock.WaitAsync(cancellation);
        try
        {
            _schemes = schemes;
            return await ReadAsync(cancellation);
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <summary>Reads the tags of the schemes taken over before, unless another call has done so meanwhile.</summary>
    public async Task<CatalogueOutcome> EnsureAsync(bool readAgain, CancellationToken cancellation)
    {
        await _lock.WaitAsync(cancellation);
        try
        {
            if (_schemes.Count == 0) throw new InvalidOperationException("no scheme is mirrored; ensure the tags of the schemes first");
            return !readAgain && _view is { } view ? new CatalogueReady(view.ToKnownTags(), 0, []) : await ReadAsync(cancellation);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task<CatalogueOutcome> ReadAsync(CancellationToken cancellation)
    {
        var notices = new List<CatalogueNotice>();
        var added = 0;
        for (var round = 1; round <= WeComLimits.CatalogueRoundsMax; round++)
        {
            if (!(await _api.ListTagsAsync(cancellation)).TryGet(out var list, out var failure)) return OutcomeOf(failure);
            IReadOnlyList<CorpTagGroup> groups = list.Groups ?? [];
            var match = Take(groups, notices);
            if (match.Missing.Count == 0) return new CatalogueReady(match.View.ToKnownTags(), added, notices);

            var missing = match.Missing.Sum(scheme => scheme.Tags.Count);
            if (match.TagsPresent + missing > _options.TagQuota) return new QuotaReached(match.TagsPresent, missing, _options.TagQuota);
            foreach (var scheme in match.Missing)
            {
                var request = new AddTagsRequest(scheme.GroupId, scheme.GroupId is null ? scheme.GroupName : null, scheme.Tags);
                if ((await _api.AddTagsAsync(request, cancellation)).TryGet(out var response, out failure))
                {
                    added += scheme.Tags.Count;
                    if (response.Group is { } group) groups = Merge(groups, group);
                }
                else if (failure is not CallRefused { Code: WeComErrors.TagExists })
                {
                    // What was added before stays: the next reading finds it by its name. After a pause the next use reads again; after a refusal the layers
                    // that have a tag are mirrored all the same.
                    if (failure is not CallRefused) _view = null;
                    return OutcomeOf(failure);
                }
            }

            // The responses name the new tags, so that a listing that lags behind does no harm. The next round finds somebody else's tag of the same name.
            match = Take(groups, notices);
            if (match.Missing.Count == 0) return new CatalogueReady(match.View.ToKnownTags(), added, notices);
        }

        return new CatalogueRefused(
            WeComErrors.TagExists,
            "tags are missing that WeCom has already; a tag of the group bears the name of another layer: rename it in WeCom");
    }

    private CatalogueMatch Take(IReadOnlyList<CorpTagGroup> groups, List<CatalogueNotice> notices)
    {
        var match = CatalogueMatch.Find(_schemes, _options.TagGroups, groups, _known);
        notices.AddRange(match.Notices.Where(notice => !notices.Contains(notice)));
        foreach (var deleted in match.Notices.OfType<TagDeleted>()) _known.Remove(deleted.Key);
        foreach (var tag in match.View.ToKnownTags()) _known[tag.Key] = tag.TagId;
        _view = match.View;
        return match;
    }

    private static List<CorpTagGroup> Merge(IReadOnlyList<CorpTagGroup> groups, CorpTagGroup added)
    {
        var merged = groups.ToList();
        var index = merged.FindIndex(group => group.Id == added.Id);
        if (index < 0)
        {
            merged.Add(added);
            return merged;
        }

        var present = merged[index].Tags ?? [];
        merged[index] = merged[index] with { Tags = [.. present, .. (added.Tags ?? []).Where(tag => present.All(old => old.Id != tag.Id))] };
        return merged;
    }

    private CatalogueRefused? ProblemOf(IReadOnlyList<MirroredScheme> schemes)
    {
        if (schemes.Count == 0) return new CatalogueRefused(0, "no scheme is mirrored");
        foreach (var scheme in schemes)
        {
            if (!_options.TagGroups.ContainsKey(scheme.Scheme))
                return new CatalogueRefused(0, $"the settings name no tag group for the scheme {scheme.Scheme}");
            var names = new HashSet<string>();
            foreach (var layer in scheme.Layers)
            {
                if (WeComOptionsValidator.NameProblem(layer.TagName) is { } problem)
                    return new CatalogueRefused(0, $"the layer {layer.Id} of {scheme.Scheme}: {problem.En}");
                if (!names.Add(layer.TagName)) return new CatalogueRefused(0, $"two layers of {scheme.Scheme} have the tag name {layer.TagName}");
            }
        }

        if (schemes.FirstOrDefault(scheme => scheme.Layers.DistinctBy(layer => layer.Id).Count() < scheme.Layers.Count) is { } twice)
            return new CatalogueRefused(0, $"a layer of {twice.Scheme} is given twice");
        return schemes.Select(scheme => scheme.Scheme).Distinct().Count() < schemes.Count ? new CatalogueRefused(0, "a scheme is given twice") : null;
    }

    private static CatalogueOutcome OutcomeOf(CallFailure failure) => failure switch
    {
        CallBackOff later => new CatalogueDeferred(later.Until, later.Reason),
        CallTokenExpired later => new CatalogueDeferred(later.Until, later.Reason),
        CallRefused refused => new CatalogueRefused(refused.Code, refused.Message),
        _ => throw new ArgumentException($"no outcome for {failure.GetType().Name}", nameof(failure)),
    };
}
