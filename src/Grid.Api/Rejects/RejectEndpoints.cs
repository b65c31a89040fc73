using Grid.Api.Parameters;
using Grid.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Rejects;

internal static class RejectEndpoints
{
    public static void MapRejectEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/rejects", After)
            .WithSummary("Rejected items with reason and place, oldest first.")
            .WithDescription("after: the position of an earlier answer, else from the oldest kept. limit: from 1 to 1000, else 100.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<RejectsResponse>, ProblemHttpResult>> After(
        HttpContext http, ILedger ledger, string? after, string? limit, CancellationToken cancellation)
    {
        if (Parameter.Limit(limit, out var max) is { } wrongLimit) return Problems.Parameter(wrongLimit);
        if (Parameter.Sequence("after", after, out var sequence) is { } wrongPosition) return Problems.Parameter(wrongPosition);
        var kept = await ledger.Rejects(sequence, max, cancellation);
        var position = kept.Count == 0 ? sequence : kept[^1].Sequence;
        var language = AnswerLanguage.Choose(http);
        return TypedResults.Ok(new RejectsResponse($"{position}", [.. kept.Select(reject => RejectView.From(reject, language))]));
    }
}
