using System.Diagnostics.CodeAnalysis;

namespace Grid.Delivery.WeCom;

/// <summary>
/// Shows the layers of customers as corp tags in WeCom. It reads the tags that a contact has and sends differences only, so that every call may be repeated. It
/// touches only tags of the groups named in the settings. Its limits hold for this process; use one per corp. Safe for concurrent use.
/// </summary>
public sealed partial class TagMirror : IDisposable
{
    private readonly WeComOptions _options;
    private readonly WeComApi _api;
    private readonly TagCatalogue _catalogue;
    private readonly ContactLocks _contacts = new();

    /// <param name="client">See <see cref="CreateClient"/>; the mirror does not dispose it.</param>
    /// <param name="options">Without problems by <see cref="WeComOptionsValidator"/>.</param>
    /// <param name="known">The tags of <see cref="CatalogueReady"/> that an earlier run stored; may be empty.</param>
    public TagMirror(HttpClient client, WeComOptions options, IEnumerable<KnownTag> known, TimeProvider time)
    {
        if (WeComOptionsValidator.Validate(options) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Text.En}", nameof(options));
        _options = options;
        _api = new WeComApi(client, options, time);
        _catalogue = new TagCatalogue(_api, options, known);
    }

    /// <summary>A client that follows no redirect, keeps few connections, and reads no overlong response. URLs hold the token: log none.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "the client disposes its handler")]
    public static HttpClient CreateClient(WeComOptions options) => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = options.ConcurrentCalls, UseCookies = false })
    {
        // The calls have a timeout of their own, which a simulated clock can move.
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = WeComLimits.ResponseBytesMax,
    };

    /// <summary>Brings the corp's tags in line with the schemes. Call it at the start and whenever the rulebook changes; store the tags it returns.</summary>
    /// <param name="schemes">Each has a tag group in the settings.</param>
    public Task<CatalogueOutcome> EnsureTagsAsync(IReadOnlyList<MirroredScheme> schemes, CancellationToken cancellation) =>
        _catalogue.EnsureAsync(schemes, cancellation);

    /// <summary>Shows the layers of one customer.</summary>
    /// <param name="targets">The layers as they are at the moment of the call; each scheme once.</param>
    /// <exception cref="InvalidOperationException">The tags of no scheme were ensured.</exception>
    public async Task<MirrorOutcome> MirrorAsync(WeComCustomer customer, IReadOnlyList<LayerTarget> targets, CancellationToken cancellation)
    {
        if (customer.UserId is not { } userId) return new NotLinked(NotLinkedReason.NoUserId);
        if (customer.ExternalUserId is not { } externalUserId) return new NotLinked(NotLinkedReason.NoExternalUserId);
        using var entered = await _contacts.EnterAsync(externalUserId, cancellation);

        var first = await CompareAndMarkAsync(userId, externalUserId, targets, cancellation);
        if (first.Outcome is not MirrorRefused { Code: WeComErrors.InvalidTagId } || first.View is not { } view) return first.Outcome;

        // A tag was deleted since the last reading. Read the tags again, which adds it again, and repeat once.
        _catalogue.Forget(view);
        return (await CompareAndMarkAsync(userId, externalUserId, targets, cancellation)).Outcome;
    }

    public void Dispose()
    {
        _contacts.Dispose();
        _catalogue.Dispose();
        _api.Dispose();
    }

    private async Task<(MirrorOutcome Outcome, TagView? View)> CompareAndMarkAsync(
        string userId, string externalUserId, IReadOnlyList<LayerTarget> targets, CancellationToken cancellation)
    {
        var view = _catalogue.View;
        if (view is null)
        {
            var ensured = await _catalogue.EnsureAsync(readAgain: false, cancellation);
            view = _catalogue.View;
            if (view is null) return (OutcomeOf(ensured), null);
        }

        if (MissingTag(targets, view) is { } missing) return (missing, view);
        var (present, outcome) = await ReadTagsAsync(userId, externalUserId, cancellation);
        if (present is null) return (outcome!, view);

        var difference = TagDifference.Between(present, targets, view);
        if (difference.IsEmpty) return (new Mirrored(0, 0), view);
        var request = new MarkTagRequest(
            userId,
            externalUserId,
            difference.Add.Count > 0 ? difference.Add : null,
            difference.Remove.Count > 0 ? difference.Remove : null);
        return (await _api.MarkTagAsync(request, cancellation)).TryGet(out _, out var failure)
            ? (new Mirrored(difference.Add.Count, difference.Remove.Count), view)
            : (OutcomeOf(failure), view);
    }

    /// <summary>The tags that the member gave the contact, or why they are not known.</summary>
    private async Task<(IReadOnlyList<ContactTag>? Tags, MirrorOutcome? Outcome)> ReadTagsAsync(
        string userId, string externalUserId, CancellationToken cancellation)
    {
        string? cursor = null;
        for (var page = 1; page <= WeComLimits.FollowerPagesMax; page++)
        {
            if (!(await _api.GetContactAsync(externalUserId, cursor, cancellation)).TryGet(out var contact, out var failure)) return (null, OutcomeOf(failure));
            if (contact.Followers?.FirstOrDefault(follower => follower.UserId == userId) is { } found) return (found.Tags ?? [], null);
            cursor = contact.NextCursor;
            if (string.IsNullOrEmpty(cursor)) break;
        }

        return (null, new NotLinked(NotLinkedReason.NotAContact));
    }

    private static MirrorRefused? MissingTag(IReadOnlyList<LayerTarget> targets, TagView view)
    {
        foreach (var target in targets)
        {
            if (!view.Schemes.ContainsKey(target.Scheme)) return new MirrorRefused(0, $"the scheme {target.Scheme} is not mirrored");
            if (target.Layer is { } layer && view.TagOf(target.Scheme, layer) is null)
                return new MirrorRefused(0, $"the layer {layer} of {target.Scheme} has no tag; ensure the tags of the schemes again");
        }

        return null;
    }

    private static MirrorOutcome OutcomeOf(CallFailure failure) => failure switch
    {
        CallBackOff later => new MirrorDeferred(later.Until, later.Reason),
        CallTokenExpired later => new MirrorDeferred(later.Until, later.Reason),
        CallRefused { Code: WeComErrors.NotAContact } => new NotLinked(NotLinkedReason.NotAContact),
        CallRefused { Code: WeComErrors.InvalidExternalUserId } => new NotLinked(NotLinkedReason.UnknownContact),
        CallRefused { Code: WeComErrors.InvalidUserId or WeComErrors.UnknownUserId } => new NotLinked(NotLinkedReason.UnknownMember),
        CallRefused refused => new MirrorRefused(refused.Code, refused.Message),
        _ => throw new ArgumentException($"no outcome for {failure.GetType().Name}", nameof(failure)),
    };

    private MirrorOutcome OutcomeOf(CatalogueOutcome outcome) => outcome switch
    {
        // Another customer's call has found a tag gone in the meantime.
        CatalogueReady => new MirrorDeferred(_api.Now, "the tags are about to be read again"),
        CatalogueDeferred later => new MirrorDeferred(later.Until, later.Reason),
        CatalogueRefused refused => new MirrorRefused(refused.Code, refused.Message),
        QuotaReached full => new MirrorRefused(
            0, $"{full.Missing} tags are missing and {full.Present} of {full.Quota} corp tags are used; raise the quota or delete tags"),
        _ => throw new ArgumentException($"no outcome for {outcome.GetType().Name}", nameof(outcome)),
    };
}
