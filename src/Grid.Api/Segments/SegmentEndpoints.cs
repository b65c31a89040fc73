using Grid.Api.Schemes;
using Grid.Grains;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Segments;

internal static class SegmentEndpoints
{
    public static void MapSegmentEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/segments", All).WithSummary("The live count and share of every layer of every scheme, at one position.");
        routes.MapGet("/v1/segments/{scheme}", One)
            .WithSummary("The live counts of one scheme, and the moves of the last minute, hour and day.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<SegmentsResponse>> All(SegmentReader reader, CancellationToken cancellation)
    {
        var counts = await reader.Read(cancellation);
        return TypedResults.Ok(new SegmentsResponse(
            counts.Position.ToString(),
            counts.AsOf.ToString(),
            counts.Population,
            [.. counts.Schemes.Select(scheme => new SchemeShares(scheme.Scheme.Id, LayerShare.From(scheme)))]));
    }

    private static async Task<Results<Ok<SegmentResponse>, ProblemHttpResult>> One(
        string scheme, SegmentReader reader, Population population, CurrentRules rules, GridClock clock)
    {
        var now = clock.Now;
        if (await reader.Read(scheme, SegmentFlows.Needs(now)) is not var (counts, snapshot)) return PastSchemes.Missing(rules.Value, scheme);
        return TypedResults.Ok(new SegmentResponse(
            scheme,
            snapshot.Position,
            now.ToString(),
            counts.Population,
            LayerShare.From(counts),
            SegmentFlows.From(snapshot.Flows, now),
            await RulebookShare.From(population, rules, scheme)));
    }
}
