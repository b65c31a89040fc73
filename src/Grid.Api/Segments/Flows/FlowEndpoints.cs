using Grid.Api.Parameters;
using Grid.Api.Schemes;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Model.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Segments.Flows;

internal static class FlowEndpoints
{
    public static void MapFlowEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/segments/{scheme}/flows", Flows)
            .WithSummary("Moves between each pair of layers per minute, hour or day.")
            .WithDescription(
                "per: minute (of the last hour), hour (of the last week, the default) or day (of the last 400). from, to: instants such as "
                + "2026-01-31T08:00:00Z; left out: from the earliest that is kept, to now. Spans are those of UTC and counted by the "
                + "instant at which the grid noticed.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<FlowsResponse>, ProblemHttpResult>> Flows(
        string scheme, string? per, string? from, string? to, IGrainFactory grains, GrainCalls calls, CurrentRules rules, GridClock clock)
    {
        if (!rules.Value.HasEver(scheme)) return PastSchemes.Missing(rules.Value, scheme);
        var now = clock.Now;
        long? length = per switch
        {
            null or "hour" => MillisecondsPer.Hour,
            "minute" => MillisecondsPer.Minute,
            "day" => MillisecondsPer.Day,
            _ => null,
        };
        if (length is null)
        {
            return Problems.Parameter(new ParameterError(
                "per",
                $"per 的值是“{Parameter.Shown(per!)}”；请填写 minute、hour 或 day。",
                $"per is '{Parameter.Shown(per!)}'; it is minute, hour or day"));
        }

        if (Parameter.Instant("from", from, new Instant(0), out var begin) is { } wrongBegin) return Problems.Parameter(wrongBegin);
        if (Parameter.Instant("to", to, now.Plus(1), out var end) is { } wrongEnd) return Problems.Parameter(wrongEnd);
        if (end <= begin)
        {
            return Problems.Parameter(new ParameterError(
                "to", $"to 是 {end}，不晚于 from（{begin}）；请填写晚于 from 的时间点。", $"to is {end}, which is not after from, {begin}"));
        }

        // A time in the future has no flows and no spans.
        var requested = new FlowStretch(length.Value, begin.Milliseconds, Math.Min(end.Milliseconds, now.Milliseconds + 1));
        var snapshot = await calls.Call((Segment: grains.Segment(scheme), requested), static call => call.Segment.SnapshotWithFlows([call.requested]));
        return TypedResults.Ok(FlowsResponse.From(scheme, per ?? "hour", snapshot, requested, now));
    }
}
