using Grid.Grains;
using Grid.Grains.Partitions;

namespace Grid.Server.Hosting;

internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).WithSummary("200 while the process does its work, 503 when a loop has failed: only a new start helps then.");
        routes.MapGet("/health/ready", Ready).WithSummary("200 when events are taken, 503 while the grid starts or stops, or a loop has failed.");
    }

    private static IResult Live(GridLifetime lifetime) => lifetime.Failure is { } failure ? Failed(failure) : Results.Text("live");

    private static IResult Failed(Exception failure) =>
        Results.Problem(failure.GetBaseException().Message, statusCode: 503, title: "A loop of the grid has failed");

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
            : Results.Problem("The grid is starting or stopping.", statusCode: 503, title: "Not ready");
    }
}
