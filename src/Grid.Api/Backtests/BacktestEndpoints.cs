using Grid.Api.Parameters;
using Grid.Api.Previews;
using Grid.Api.Rulebooks;
using Grid.Grains;
using Grid.Grains.Backtests;
using Grid.Grains.Previews;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Backtests;

internal static class BacktestEndpoints
{
    public static void MapBacktestEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/schemes/backtest", Ask)
            .WithSummary("Evaluates a rulebook at earlier instants: size and flows of every layer, from the customers' histories.")
            .WithDescription(
                "The body is that of POST /v1/rulebooks, which may name no files at all, with from, to, every (1d) and schemes. "
                + "Cut-offs of each instant are derived from the "
                + "population of that instant. All customers are looked at once, and once more for each 16 million values of measures "
                + "(instants × measures × customers). At most 400 instants. With Accept: application/x-ndjson lines of progress come "
                + "first. One rulebook is tried out at a time; closing the connection ends it.")
            .AcceptsJson<BacktestRequest>()
            .Produces<BacktestResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Ask(PreviewRuns runs, GridClock clock, TimeProvider time, HttpContext context)
    {
        var (request, unreadable) = await RequestBody.Read(context, ApiJson.Default.BacktestRequest);
        if (request is null) return unreadable!;
        var wanted = new RulebookRequest(request.Files, request.Replace, request.Remove);
        var (draft, problem) = await PreviewRequest.Read(wanted, request.Schemes is null ? "all" : string.Join(',', request.Schemes), context);
        if (draft is null) return problem!;
        if (Series(request, clock.Now, out var series) is { } mistaken) return Problems.Parameter(mistaken);
        if (runs.TryBegin(draft.Files, draft.Content) is not { } run) return PreviewEndpoints.Trying(context);
        context.Response.RegisterForDispose(run);
        return await ProgressResponse.Of(
            context,
            time,
            ApiJson.Default.BacktestResponse,
            async (progress, cancellation) => BacktestResponse.From(await run.Backtest(series, progress, cancellation), draft.Schemes));
    }

    private static ParameterError? Series(BacktestRequest request, Instant now, out BacktestSeries series)
    {
        series = new BacktestSeries(now, now, 1);
        if (request.From is null) return Parameter.MissingInstant("from");
        if (Parameter.Instant("from", request.From, now, out var from) is { } wrongFrom) return wrongFrom;
        if (Parameter.Instant("to", request.To, now, out var to) is { } wrongTo) return wrongTo;
        if (Parameter.Past(from, to, now) is { } wrongOrder) return wrongOrder;
        if (WindowSyntax.Milliseconds(request.Every ?? "1d") is not (> 0 and var every))
        {
            return new ParameterError(
                "every",
                $"every 的值是“{Parameter.Shown(request.Every!)}”；请填写时长，例如 1d 或 12h。",
                $"every is '{Parameter.Shown(request.Every!)}'; it is a length of time such as 1d or 12h");
        }

        series = new BacktestSeries(from, to, every);
        return series.IsTooLong
            ? new ParameterError(
                "every",
                $"回测的时间点超过 {GridLimits.BacktestInstantsMax} 个；请缩短时间范围，或加大间隔。",
                $"that is a series of more than {GridLimits.BacktestInstantsMax} instants; ask for a shorter time or fewer of them")
            : null;
    }
}
