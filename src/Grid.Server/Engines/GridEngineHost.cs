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
        return services.AddInProcessGrains(engine =>
        {
            engine.Assemblies.Add(typeof(CustomerGrain).Assembly);
            engine.Limits = new EngineLimits { ResidentGrainsMax = options.ResidentCustomersMax, IdleAge = options.IdleAge };
        });
    }
}
