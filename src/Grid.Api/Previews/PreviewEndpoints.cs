using Grid.Api.Parameters;
using Grid.Api.Rulebooks;
using Grid.Grains.Previews;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Previews;

internal static class PreviewEndpoints
{
    public static void MapPreviewEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/schemes/preview", Preview)
            .WithSummary("Shows what a publication would change: sizes, moves with their causes, and revenue. Publishes nothing.")
            .WithDescription(
                "The body is that of POST /v1/rulebooks. schemes: ids, separated by commas, of schemes to report even when no customer moves; "
                + "all for every scheme. Exact over all customers at the position and the instant of the answer. With Accept: "
                + "application/x-ndjson lines of progress come first. One preview runs at a time; closing the connection ends it.")
            .AcceptsJson<RulebookRequest>()
            .Produces<PreviewResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Preview(string? schemes, PreviewRuns runs, TimeProvider time, HttpContext context)
    {
        var (request, unreadable) = await RequestBody.Read(context, ApiJson.Default.RulebookRequest);
        if (request is null) return unreadable!;
        if (RequestErrors.NamesNothing(request) is { } nothing) return Problems.Parameter(nothing);
        var (draft, problem) = await PreviewRequest.Read(request, schemes, context);
        if (draft is null) return problem!;
        if (runs.TryBegin(draft.Files, draft.Content) is not { } run) return Trying(context);
        context.Response.RegisterForDispose(run);
        return await ProgressResponse.Of(
            context,
            time,
            ApiJson.Default.PreviewResponse,
            async (progress, cancellation) => PreviewResponse.From(await run.Preview(draft.Schemes, progress, cancellation), draft));
    }

    /// <summary>409: another preview is running.</summary>
    internal static ProblemHttpResult Trying(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return LocalizedProblem.Create(
            StatusCodes.Status409Conflict,
            new LocalizedText("另一个预览正在进行", "A preview is running"),
            new LocalizedText(
                "同一时间只能进行一个预览或回测，请等它结束后再试。", "Only one preview or backtest runs at a time. Retry when it has ended."));
    }
}
