using Grid.Api.Parameters;
using Grid.Api.Segments;
using Grid.Api.Transitions;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Evaluation;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace Grid.Api.Hubs;

/// <summary>Streams counts and transitions. A refused stream ends with an error that gives the reason.</summary>
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
        rules.IsPublished ? rules.Value : throw new HubException("The server is starting; try again in a moment.");

    public override Task OnConnectedAsync()
    {
        if (application.ApplicationStopping.IsCancellationRequested) throw new HubException("The server is stopping; connect again in a moment.");
        if (!clients.TryEnter()) throw new HubException($"There are {ApiLimits.HubConnectionsMax} connections already; try again later.");
        Context.Items[HubClients.Entered] = new ConnectionStreams(failures);
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
                throw new HubException($"There is no scheme '{Parameter.Shown(scheme ?? "null")}'.");
        return Streams.Bounded(segments.Frames(schemes, cancellation), cancellation);
    }

    /// <summary>Streams the log: the latest transitions, or all after a position, then the new ones.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="after">The position of the last frame or transition seen; null: the latest, then live.</param>
    /// <param name="cancellation">Cancelled when the client ends the stream.</param>
    public IAsyncEnumerable<TransitionsFrame> Transitions(TransitionFilter? filter, string? after, CancellationToken cancellation)
    {
        var asked = filter ?? TransitionFilter.None;
        if (asked.Fault(Rules) is { } fault) throw new HubException($"{fault.Detail.En}.");
        if (after is null) return Streams.Bounded(transitions.Frames(asked, null, cancellation), cancellation);
        if (Parameter.Position("after", after, ledger.Head, out var position) is { } wrong) throw new HubException($"{wrong.Detail.En}.");
        return Streams.Bounded(transitions.Frames(asked, position, cancellation), cancellation);
    }
}
