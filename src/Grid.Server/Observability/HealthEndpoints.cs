using Grid.Api;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grid.Server.Observability;

/// <summary>The health checks of ASP.NET Core, for probes: whether to restart this process, and whether to send it requests.</summary>
internal static class HealthEndpoints
{
    private const string Live = "live";
    private const string Ready = "ready";

    public static void AddGridHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<BackgroundTasksCheck>("background tasks", tags: [Live, Ready])
        .AddCheck<ReadinessCheck>("readiness", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("/health").AllowAnonymous().WithTags("Health").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        probes.MapGet("/live", static (HealthCheckService checks, CancellationToken cancellation) => Answer(checks, Live, cancellation))
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithSummary("200 while the process works; 503 when a background task has failed and the process must be restarted.");
        probes.MapGet("/ready", static (HealthCheckService checks, CancellationToken cancellation) => Answer(checks, Ready, cancellation))
            .Produces<ReadinessResponse>()
            .WithSummary("200 when the server accepts events; 503 while it starts or stops, or when a background task has failed.");
    }

    private static async Task<IResult> Answer(HealthCheckService checks, string tag, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(tag), cancellation);
        var worst = report.Entries.Values.FirstOrDefault(entry => entry.Status != HealthStatus.Healthy);
        if (report.Status != HealthStatus.Healthy)
        {
            var reason = UnhealthyReason.From(worst);
            return LocalizedProblem.Create(StatusCodes.Status503ServiceUnavailable, reason.Title, reason.Detail);
        }

        return tag == Live ? Results.Text(Live) : Results.Json(report.Entries.Values.SelectMany(entry => entry.Data.Values).Single());
    }
}
