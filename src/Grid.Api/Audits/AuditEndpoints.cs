using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Audits;

internal static class AuditEndpoints
{
    public static void MapAuditQuestions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/audit", Run)
            .WithSummary("Recounts every layer from the customers' rows, and holds every row against a fresh evaluation.")
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<AuditResponse>, ProblemHttpResult>> Run(AuditGate audits, CancellationToken cancellation)
    {
        if (await audits.TryAudit(cancellation) is { } report) return TypedResults.Ok(AuditResponse.From(report));
        return TypedResults.Problem(
            title: "An audit is running",
            detail: "One audit runs at a time; ask again when it has ended.",
            statusCode: StatusCodes.Status409Conflict);
    }
}
