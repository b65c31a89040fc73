using Grid.Api.Parameters;
using Grid.Api.Schemes;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Segments.Migrations;

internal static class MigrationEndpoints
{
    public static void MapMigrationEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/segments/{scheme}/migration", Migration)
            .WithSummary("Compares the layers of two instants: where members went, with retention and recall.")
            .WithDescription(
                "from, to: instants such as 2026-01-31T08:00:00Z; to is now when it is left out. A transition counts from the instant at "
                + "which it took effect, however late it was noticed. Layers that only an older rulebook had come last. The whole log is "
                + "read for it: about a second per million transitions.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<MigrationResponse>, ProblemHttpResult>> Migration(
        string scheme,
        string? from,
        string? to,
        MigrationReader reader,
        CurrentRules rules,
        IGrainFactory grains,
        GrainCalls calls,
        Currency currency,
        GridClock clock,
        HttpContext context,
        CancellationToken cancellation)
    {
        if (await PastSchemes.Find(rules.Value, scheme, grains, calls, currency) is not { } found) return PastSchemes.Missing(rules.Value, scheme);
        var now = clock.Now;
        if (from is null) return Problems.Parameter(Parameter.MissingInstant("from"));
        if (Parameter.Instant("from", from, Instant.Beginning, out var begin) is { } wrongBegin) return Problems.Parameter(wrongBegin);
        if (Parameter.Instant("to", to, now, out var end) is { } wrongEnd) return Problems.Parameter(wrongEnd);
        if (Parameter.Past(begin, end, now) is { } wrongOrder) return Problems.Parameter(wrongOrder);
        if (await reader.Read(found, begin, end, cancellation) is not { } reading) return Problems.Busy(context);
        return reading.IsTooMuch
            ? Problems.Parameter(new ParameterError(
                "from",
                $"from 是 {begin}：此后移动的用户超过 {ApiLimits.MigrationMoversMax} 位；请缩短时间范围。",
                $"from is {begin}: more than {ApiLimits.MigrationMoversMax} customers have moved since; ask about a shorter time"))
            : TypedResults.Ok(MigrationResponse.Create(found, begin, end, reading));
    }
}
