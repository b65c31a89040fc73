using Grid.Grains.Customers;
using Grid.InProcess.Engine;
using Grid.InProcess.Hosting;
using Grid.InProcess.State;
using Grid.Server.Options;

namespace Grid.Server.Engines;

/// <summary>The engine that hosts the grains of this process. The only place, with the test fixture, that knows which one it is.</summary>
internal static class GridEngineHost
{
    public static IServiceCollection AddGridEngine(this IServiceCollection services, GridOptions options)
    {
        services.AddSingleton<IGrainStateStore, LedgerStateStore>();
        services.AddInProcessGrains(engine =>
        {
            engine.Assemblies.Add(typeof(CustomerGrain).Assembly);
            engine.Limits = new EngineLimits { ResidentGrainsMax = options.ResidentCustomersMax, IdleAge = options.IdleAge };
        });

        // The grid's time may be simulated; idle grains are collected and calls time out in real time all the same.
        return services.AddSingleton(provider => new GrainEngine(
            provider, provider.GetRequiredService<InProcessOptions>(), TimeProvider.System, provider.GetRequiredService<ILogger<GrainEngine>>()));
    }
}
