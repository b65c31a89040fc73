using Grid.InProcess.Engine;
using Grid.InProcess.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grid.InProcess.Hosting;

/// <summary>Adds the in-process engine to a host, which then starts and stops it.</summary>
public static class InProcessGrains
{
    /// <summary>
    /// Register another <see cref="IGrainStateStore"/> or <see cref="TimeProvider"/> before or after; these are only
    /// defaults (memory, the system's clock).
    /// </summary>
    public static IServiceCollection AddInProcessGrains(this IServiceCollection services, Action<InProcessOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new InProcessOptions();
        configure(options);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IGrainStateStore, MemoryGrainStateStore>();
        services.AddSingleton(options);
        services.AddSingleton<GrainEngine>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainEngine>());
        services.AddHostedService<EngineService>();
        return services;
    }

    private sealed class EngineService(GrainEngine engine) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            engine.Start();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => engine.Stop(cancellationToken);
    }
}
