using Grid.Grains;
using Grid.Grains.Partitions;

namespace Grid.Server.Hosting;

internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("200 while the process works; 503 when a background task has failed and the process must be restarted.");
        routes.MapGet("/health/ready", Ready)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("200 when the server accepts events; 503 while it starts or stops, or when a background task has failed.");
    }

    private static IResult Live(GridLifetime lifetime) => lifetime.Failure is { } failure ? Failed(failure) : Results.Text("live");

    private static IResult Failed(Exception failure) =>
        Results.Problem(failure.GetBaseException().Message, statusCode: 503, title: "A background task has failed");

    private static IResult Ready(GridLifetime lifetime, LocalPartitions partitions, GridClock clock)
    {
        if (lifetime.Failure is { } failure) return Failed(failure);
        return lifetime.IsReady
            ? Results.Json(new
            {
                status = "ready",
                deadlineLagSeconds = partitions.Lag(clock.Now).TotalSeconds,
                partitions = new { hosted = partitions.Count, filled = partitions.Filled },
            })
            : Results.Problem("The server is starting or stopping.", statusCode: 503, title: "Not ready");
    }
}
