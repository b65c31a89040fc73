using Grid.Grains;
using Grid.Grains.Partitions;
using Grid.Model.Schemes.Definitions;
using Grid.Server.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grid.Server.Observability;

/// <summary>Healthy while events are taken, with what an operator asks next: how late deadlines are, and whether the population is known.</summary>
internal sealed class ReadinessCheck(GridStartup startup, LocalPartitions partitions, GridClock clock) : IHealthCheck
{
    internal static readonly UnhealthyReason NotReady = new(
        new LocalizedText("尚未就绪", "Not ready"), new LocalizedText("服务器正在启动或停止，请稍后再试。", "The server is starting or stopping."));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!startup.IsReady)
            return Task.FromResult(NotReady.ToResult());
        var detail = new ReadinessResponse(
            "ready", partitions.Lag(clock.Now).TotalSeconds, new PartitionsReadiness(partitions.Count, partitions.Filled));
        return Task.FromResult(HealthCheckResult.Healthy(data: new Dictionary<string, object> { ["detail"] = detail }));
    }
}

/// <param name="Status">Always <c>ready</c>.</param>
/// <param name="DeadlineLagSeconds">How far behind the earliest deadline of this silo's customers is.</param>
/// <param name="Partitions">Those that this silo hosts.</param>
internal sealed record ReadinessResponse(string Status, double DeadlineLagSeconds, PartitionsReadiness Partitions);

/// <param name="Hosted">How many partitions this silo hosts.</param>
/// <param name="Filled">How many of them know all their customers.</param>
internal sealed record PartitionsReadiness(int Hosted, int Filled);
