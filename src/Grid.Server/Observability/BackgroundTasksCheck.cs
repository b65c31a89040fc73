using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grid.Server.Observability;

/// <summary>Unhealthy when a background task has failed: none of them ends before the process does.</summary>
internal sealed class BackgroundTasksCheck(IEnumerable<IHostedService> services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        Failure is { } failure ? HealthCheckResult.Unhealthy("A background task has failed", failure.GetBaseException()) : HealthCheckResult.Healthy());

    private Exception? Failure =>
        services.OfType<BackgroundService>().Select(service => service.ExecuteTask?.Exception).FirstOrDefault(exception => exception is not null);
}
