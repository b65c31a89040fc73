using System.Text.Json.Serialization;
using Grid.Api.Rulebooks;
using Grid.Api.Schemes;
using Grid.Grains.Backtests;
using Grid.Model.Customers;

namespace Grid.Api.Backtests;

/// <summary>Body of a backtest: the files as for a publication, and the instants.</summary>
/// <param name="From">An instant.</param>
/// <param name="To">An instant that is not after now; the last of the series is at or before it.</param>
/// <param name="Every">A length of time such as <c>1d</c> or <c>12h</c>; null: a day.</param>
/// <param name="Schemes">Ids of the schemes to answer; null: all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BacktestRequest(
    IReadOnlyList<RulebookFile>? Files = null,
    IReadOnlyList<RulebookFile>? Replace = null,
    IReadOnlyList<string>? Remove = null,
    string? From = null,
    string? To = null,
    string? Every = null,
    IReadOnlyList<string>? Schemes = null);

/// <param name="Position">Facts up to this position are included, each from its own instant on.</param>
/// <param name="Customers">All customers, including those who joined after the last instant.</param>
/// <param name="Instants">The instants of the series; the numbers below are in this order.</param>
/// <param name="Notes">Limits of the result, as sentences.</param>
public sealed record BacktestResponse(
    string Position,
    string AsOf,
    long Customers,
    IReadOnlyList<string> Instants,
    IReadOnlyList<BacktestedScheme> Schemes,
    BacktestDetail Detail,
    IReadOnlyList<NameView> Notes)
{
    private static readonly IReadOnlyList<NameView> Always =
    [
        new(
            "宽限期与最短停留只在各时点判断，从第一个时点算起。",
            "Grace and minimum stay are judged at the instants of the series only, beginning with the first."),
        new("互动与浏览以小时计：从所在小时的开始起算。", "Interactions and views count from the beginning of their hour."),
        new(
            "迟到的事件按其发生时间计入，而当时的实时结果还不知道它们。",
            "Events that came late count from when they happened, of which the live counts of then did not know."),
    ];

    internal static BacktestResponse From(BacktestResult result, IReadOnlySet<string> requested)
    {
        var schemes = new List<BacktestedScheme>();
        for (var position = 0; position < result.Rulebook.Schemes.Count; position++)
            if (requested.Contains(result.Rulebook.Schemes[position].Id))
                schemes.Add(BacktestedScheme.From(result, position));
        return new BacktestResponse(
            result.Start.Position.ToString(),
            result.Start.AsOf.ToString(),
            result.Customers,
            [.. result.Series.Instants.Select(instant => instant.ToString())],
            schemes,
            BacktestDetail.From(result),
            Always);
    }
}

/// <param name="Flows">Customers who moved from one layer to another since the previous instant; those who stayed are left out.</param>
public sealed record BacktestedScheme(string Scheme, IReadOnlyList<BacktestedLayer> Layers, IReadOnlyList<BacktestedFlow> Flows)
{
    internal static BacktestedScheme From(BacktestResult result, int position)
    {
        var layers = result.Rulebook.Schemes[position].Layers;
        var instants = result.Series.Instants;
        var from = Enumerable.Range(LayerState.None, layers.Count + 1).ToList();
        var flows = new List<BacktestedFlow>();
        for (var instant = 0; instant < instants.Count; instant++)
            foreach (var old in from)
                for (var now = 0; now < layers.Count; now++)
                    if (old != now && result.Counts.Moves(position, instant, old, now) is > 0 and var customers)
                        flows.Add(new BacktestedFlow(instants[instant].ToString(), old < 0 ? null : layers[old], layers[now], customers));
        return new BacktestedScheme(
            result.Rulebook.Schemes[position].Id,
            [
                .. layers.Select((layer, now) => new BacktestedLayer(
                    layer,
                    [.. Enumerable.Range(0, instants.Count).Select(instant => from.Sum(old => result.Counts.Moves(position, instant, old, now)))])),
            ],
            flows);
    }
}

/// <param name="Counts">Members at each instant.</param>
public sealed record BacktestedLayer(string Layer, IReadOnlyList<long> Counts);

/// <param name="From">Null for customers who joined since the previous instant; at the first instant, for all.</param>
public sealed record BacktestedFlow(string At, string? From, string To, long Customers);

/// <summary>How complete the history is: at each instant, the customers of whom facts are lost.</summary>
/// <param name="Since">The first instant from which no facts are lost; null when there is none.</param>
/// <param name="Orders">Orders of that time are folded into lifetime totals.</param>
/// <param name="Activity">Interactions or views of that time are folded into lifetime totals.</param>
/// <param name="Attributes">
/// A trait, tag, consent, plan or community arrived later. The value that it replaced is lost, so it counts as unknown.
/// </param>
/// <param name="Points">Points given or redeemed one by one: only their present sum is kept, and counts for all instants.</param>
public sealed record BacktestDetail(
    string? Since, IReadOnlyList<long> Orders, IReadOnlyList<long> Activity, IReadOnlyList<long> Attributes, IReadOnlyList<long> Points)
{
    internal static BacktestDetail From(BacktestResult result)
    {
        var lost = result.Counts.Lost;
        var since = lost.Count;
        while (since > 0 && lost[since - 1].All(customers => customers == 0)) since--;
        IReadOnlyList<long> Of(PastLosses kind) => [.. lost.Select(kinds => kinds[Array.IndexOf(BacktestVisitor.LossKinds, kind)])];
        return new BacktestDetail(
            since == lost.Count ? null : result.Series.Instants[since].ToString(),
            Of(PastLosses.Orders),
            Of(PastLosses.Activity),
            Of(PastLosses.Attributes),
            Of(PastLosses.Points));
    }
}
