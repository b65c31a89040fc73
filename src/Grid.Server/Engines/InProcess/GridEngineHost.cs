using Grid.Grains.Customers;
using Grid.InProcess.Engine;
using Grid.InProcess.Hosting;
using Grid.InProcess.State;
using Grid.Ledger.Postgres;
using Grid.Server.Options;

namespace Grid.Server.Engines;

/// <summary>The engine that hosts the grains of this process. This folder and its neighbour are, with the test fixture, all that knows which.</summary>
internal static class GridEngineHost
{
    /// <summary>Another server would run the same calendar, sweeps and feeds.</summary>
    public const Tenancy Tenancy = Grid.Ledger.Postgres.Tenancy.Sole;

    public static void AddGridEngine(this WebApplicationBuilder builder, GridOptions options)
    {
        builder.Services.AddSingleton<IGrainStateStore, LedgerStateStore>();
        builder.Services.AddInProcessGrains(engine =>
        {
            engine.Assemblies.Add(typeof(CustomerGrain).Assembly);
            engine.StateJson = GrainStates.Json;
            engine.Limits = new EngineLimits { ResidentGrainsMax = options.ResidentCustomersMax, IdleAge = options.IdleAge };
        });
        builder.Services.AddSingleton(services => new EngineGauges(() => new(services.GetRequiredService<GrainEngine>().ResidentGrains)));
    }
}
