using System.Net;
using Grid.Grains;
using Grid.Ledger.Postgres;
using Grid.Server.Engines.Orleans;
using Grid.Server.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Grid.Server.Engines;

/// <summary>Hosts the grains of this process in a silo of Microsoft Orleans: one of many on PostgreSQL, the only one on a file.</summary>
internal static class GridEngineHost
{
    /// <summary>Silos share it; a server that takes itself for all there is must not be among them.</summary>
    public const Tenancy Tenancy = Grid.Ledger.Postgres.Tenancy.Shared;

    public static void AddGridEngine(this WebApplicationBuilder builder, GridOptions options)
    {
        // It recommends another garbage collector at each start. What fails a start is thrown as well, and said once in words for an operator.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Critical);
        builder.Services.AddSingleton(ResidentGrains);
        builder.Services.AddSingleton<IHostShare, MembershipShare>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster.Id, "grid"));
            if (options.Postgres is null) silo.UseLocalhostClustering(options.Cluster.SiloPort, options.Cluster.GatewayPort);
            else JoinCluster(silo, options);
            ClusterTimings.Apply(silo);
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionAge = options.IdleAge;
                collection.EnableActivationSheddingOnMemoryPressure = true;
            });
            silo.Services.AddGrainStorage(ProviderName, static (services, _) => ActivatorUtilities.CreateInstance<LedgerGrainStorage>(services));
            silo.Services.AddModelTypes();

            // Silos meet by the machine's clock, whatever clock the rest of the process goes by.
            silo.Services.AddKeyedSingleton(KeyedService.AnyKey, static (_, _) => TimeProvider.System);
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LedgerStage>();
            silo.AddOutgoingGrainCallFilter<RetriedCalls>();
            silo.Services.AddSingleton<RefusedSilos>().AddHostedService(static services => services.GetRequiredService<RefusedSilos>());
        });
    }

    private const string ProviderName = global::Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;

    private static EngineGauges ResidentGrains(IServiceProvider services) => new(async () =>
    {
        var self = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        return (await management.GetRuntimeStatistics([self]))[0].ActivationCount;
    });

    private static void JoinCluster(ISiloBuilder silo, GridOptions options)
    {
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", options.Postgres!));
        if (options.Cluster.AdvertisedAddress is { } address)
            silo.ConfigureEndpoints(IPAddress.Parse(address), options.Cluster.SiloPort, options.Cluster.GatewayPort, listenOnAnyHostAddress: false);
        else
            silo.ConfigureEndpoints(options.Cluster.SiloPort, options.Cluster.GatewayPort, listenOnAnyHostAddress: true);
    }
}
