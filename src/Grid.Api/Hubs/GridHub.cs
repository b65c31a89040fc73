using Grid.Api.Parameters;
using Grid.Api.Segments;
using Grid.Api.Transitions;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Evaluation;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace Grid.Api.Hubs;

/// <summary>Streams counts and transitions. A refused stream ends with an error that gives the reason in the language of the connection.</summary>
internal sealed class GridHub(
    SegmentStream segments,
    TransitionStream transitions,
    HubClients clients,
    HubFailures failures,
    ILedger ledger,
    CurrentRules rules,
    IHostApplicationLifetime application)
    : Hub
{
    private ConnectionStreams Streams => (ConnectionStreams)Context.Items[HubClients.Entered]!;

    private Rules Rules =>
        rules.IsPublished ? rules.Value : throw HubRefusals.Starting.Exception(Streams.Language);

    public override Task OnConnectedAsync()
    {
        var language = HubRefusals.LanguageOf(Context.GetHttpContext());
        if (application.ApplicationStopping.IsCancellationRequested) throw HubRefusals.Stopping.Exception(language);
        if (!clients.TryEnter()) throw HubRefusals.TooManyConnections.Exception(language);
        Context.Items[HubClients.Entered] = new ConnectionStreams(failures, language);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.ContainsKey(HubClients.Entered)) clients.Leave();
        return Task.CompletedTask;
    }

    /// <summary>Streams the counts: a snapshot, then the changes.</summary>
    /// <param name="schemes">Null: all.</param>
    /// <param name="cancellation">Cancelled when the client ends the stream.</param>
    public IAsyncEnumerable<SegmentsFrame> Segments(string[]? schemes, CancellationToken cancellation)
    {
        var rulebook = Rules.Rulebook;
        foreach (var scheme in schemes ?? [])
            if (scheme is null || rulebook.Find(scheme) is null)
                throw HubRefusals.NoScheme(Parameter.Shown(scheme ?? "null")).Exception(Streams.Language);
        return Streams.Bounded(segments.Frames(schemes, cancellation), cancellation);
    }

    /// <summary>Streams the log: the latest transitions, or all after a position, then the new ones.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="after">The position of the last frame or transition seen; null: the latest, then live.</param>
    /// <param name="cancellation">Cancelled when the client ends the stream.</param>
    public IAsyncEnumerable<TransitionsFrame> Transitions(TransitionFilter? filter, string? after, CancellationToken cancellation)
    {
        var wanted = filter ?? TransitionFilter.None;
        if (wanted.Error(Rules) is { } wrongFilter) throw HubRefusals.Parameter(wrongFilter).Exception(Streams.Language);
        if (after is null) return Streams.Bounded(transitions.Frames(wanted, null, cancellation), cancellation);
        if (Parameter.Position("after", after, ledger.Head, out var position) is { } wrongPosition)
            throw HubRefusals.Parameter(wrongPosition).Exception(Streams.Language);
        return Streams.Bounded(transitions.Frames(wanted, position, cancellation), cancellation);
    }
}
