using Grid.Api.Parameters;
using Grid.Grains.Rules;
using Grid.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Transitions;

internal static class TransitionEndpoints
{
    private const int PageMax = 4_096;

    public static void MapTransitionEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/transitions", After)
            .WithSummary("Transitions after a position, in the order of the log.")
            .WithDescription(
                "after: the position of an earlier answer; without it the log is read from its beginning. limit: from 1 to 1000, else 100. "
                + "scheme, layer (entered or left), direction, customer: only those. One answer looks at a bounded stretch of the log and can be "
                + "empty although more matches further on: ask again after its position, until that no longer changes.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<TransitionsResponse>, ProblemHttpResult>> After(
        ILedger ledger,
        CurrentRules rules,
        string? after,
        string? limit,
        string? scheme,
        string? layer,
        string? direction,
        string? customer,
        CancellationToken cancellation)
    {
        if (Parameter.Limit(limit, out var max) is { } wrongLimit) return Problems.Parameter(wrongLimit);
        if (Parameter.Position("after", after ?? "0", ledger.Head, out var position) is { } wrongPosition)
            return Problems.Parameter(wrongPosition);
        var filter = new TransitionFilter(scheme, layer, direction, customer);
        if (filter.Error(rules.Value) is { } error) return Problems.Parameter(error);

        var items = new List<TransitionView>();
        for (var looked = 0; looked < ApiLimits.ScanMax && items.Count < max;)
        {
            var page = await ledger.Tail(position, PageMax, cancellation);
            if (page.Items.Count == 0) break;
            position = filter.Collect(page, position, items, max);
            looked += page.Items.Count;
        }

        return TypedResults.Ok(new TransitionsResponse(position.ToString(), items));
    }
}
