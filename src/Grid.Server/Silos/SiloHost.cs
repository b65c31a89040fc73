using System.Net;
using Grid.Grains.Customers;
using Grid.Grains.Messages;
using Grid.Ledger;
using Grid.Server.Configuration;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Grid.Server.Silos;

/// <summary>Hosts the grains of this process in a silo: one of many on PostgreSQL, the only one on a file.</summary>
internal static class SiloHost
{
    /// <summary>Part of the key of every stored state.</summary>
    public const string ServiceId = "grid";

    public static void AddSilo(this WebApplicationBuilder builder, GridOptions options)
    {
        // Orleans recommends another garbage collector at each start. What fails a start is thrown as well, and said once for an operator.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Critical);

        // A call that is not answered fails its caller, which calls again or reports it; a silo that stops misses a last probe or two, and one
        // that is dead is reported by the membership.
        builder.Logging.AddFilter("Orleans.Runtime.CallbackData", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.MembershipService.SiloHealthMonitor", LogLevel.Error);
        builder.Services.AddSingleton(ResidentGrains);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster.Id, ServiceId));
            if (options.Postgres is null) StandAlone(silo, options);
            else JoinCluster(silo, options);
            ClusterTimings.Apply(silo);
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionAge = options.IdleAge;
                collection.EnableActivationSheddingOnMemoryPressure = true;
            });
            silo.AddAdoNetGrainStorageAsDefault(static storage => storage.Configure<IStateDatabase>(static (states, database) =>
            {
                (states.Invariant, states.DataSource) = (database.Invariant, database.Connections);
                states.GrainStorageSerializer = new StateSerializer();
            }));
            silo.Services.AddSingleton<ResidentCustomers>();
            silo.Services.AddSingleton<ICustomerMemory>(static services => services.GetRequiredService<ResidentCustomers>());
            silo.Services.AddSingleton<IActivationWorkingSetObserver>(static services => services.GetRequiredService<ResidentCustomers>());
            silo.Services.AddModelAliases();

            // A rulebook is compiled in one turn, which takes some tenths of a second, and seconds on a busy machine.
            silo.Configure<SchedulingOptions>(static scheduling => scheduling.TurnWarningLengthThreshold = TimeSpan.FromSeconds(10));

            // The stream of the log is left out: it would hold up the end of the server for as long as somebody listens.
            silo.AddDashboard(static dashboard => (dashboard.HideTrace, dashboard.CounterUpdateIntervalMs) = (true, 5_000));
            DashboardInstruments.ReadEachMinute(silo.Services);
            silo.Services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, new SiloTime());
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LedgerStage>();
            silo.Services.AddHostedService<DeadSiloDetector>();
        });
    }

    private static EngineGauges ResidentGrains(IServiceProvider services) => new(async () =>
    {
        var self = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        return (await management.GetRuntimeStatistics([self]))[0].ActivationCount;
    });

    /// <summary>
    /// Nobody outside of the process calls this silo, but Orleans wants an endpoint of its own: a free port of the loopback interface, so that
    /// two servers on one machine do not collide. There is no gateway.
    /// </summary>
    private static void StandAlone(ISiloBuilder silo, GridOptions options)
    {
        var port = options.Cluster.SiloPort ?? LoopbackPort.Free();
        silo.UseLocalhostClustering(port, gatewayPort: 0);

        // The only silo has the whole directory; a cache would be a second one, of a million entries.
        silo.Configure<GrainDirectoryOptions>(static directory => directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None);
    }

    private static void JoinCluster(ISiloBuilder silo, GridOptions options)
    {
        var port = options.Cluster.SiloPort ?? GridClusterOptions.SiloPortDefault;
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", options.Postgres!));
        if (options.Cluster.AdvertisedAddress is { } address)
            silo.ConfigureEndpoints(IPAddress.Parse(address), port, options.Cluster.GatewayPort, listenOnAnyHostAddress: false);
        else
            silo.ConfigureEndpoints(port, options.Cluster.GatewayPort, listenOnAnyHostAddress: true);
    }
}
