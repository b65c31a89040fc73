using Grid.Model.Schemes.Definitions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grid.Server.Observability;

/// <summary>Unhealthy when a background task has failed: none of them ends before the process does.</summary>
internal sealed class BackgroundTasksCheck(IEnumerable<IHostedService> services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        Failure?.GetBaseException() is { } failure ? Reason(failure).ToResult(failure) : HealthCheckResult.Healthy());

    private static UnhealthyReason Reason(Exception failure) => new(
        new LocalizedText("后台任务失败", "A background task has failed"),
        new LocalizedText($"请重启这个进程。原因：{failure.Message}", failure.Message));

    private Exception? Failure =>
        services.OfType<BackgroundService>().Select(service => service.ExecuteTask?.Exception).FirstOrDefault(exception => exception is not null);
}
