using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Audits;

internal static class AuditEndpoints
{
    public static void MapAuditEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/audit", Run)
            .WithSummary("Recounts every layer from the customers' rows and compares each row with a fresh evaluation.")
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<AuditResponse>, ProblemHttpResult>> Run(AuditGate audits, CancellationToken cancellation)
    {
        if (await audits.TryAudit(cancellation) is { } report) return TypedResults.Ok(AuditResponse.From(report));
        return LocalizedProblem.Create(
            StatusCodes.Status409Conflict,
            new LocalizedText("另一个审计正在进行", "An audit is running"),
            new LocalizedText("同一时间只能进行一个审计，请等它结束后再试。", "Only one audit runs at a time. Retry when it has ended."));
    }
}
