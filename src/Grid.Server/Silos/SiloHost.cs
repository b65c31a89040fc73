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
    /// <summary>A part of the key of every stored state.</summary>
    public const string ServiceId = "grid";

    public static void AddSilo(this WebApplicationBuilder builder, GridOptions options)
    {
        // Orleans recommends another garbage collector at each start. A failed start also throws, and the program reports it once for an operator.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Critical);

        // An unanswered call fails its caller, which calls again or reports it. A stopping silo misses a last probe or two, and the membership
        // reports a dead one.
        builder.Logging.AddFilter("Orleans.Runtime.CallbackData", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Error);
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

            // Compiling a rulebook takes one turn of some tenths of a second, and of seconds on a busy machine.
            silo.Configure<SchedulingOptions>(static scheduling => scheduling.TurnWarningLengthThreshold = TimeSpan.FromSeconds(10));

            // The dashboard's stream of the log is disabled: it would delay the end of the server as long as a client listens.
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
    /// No process calls this silo from outside, but Orleans requires an endpoint: a free port of the loopback interface, so that two servers on one
    /// machine do not collide. There is no gateway.
    /// </summary>
    private static void StandAlone(ISiloBuilder silo, GridOptions options)
    {
        var port = options.Cluster.SiloPort ?? LoopbackPort.Free();
        silo.UseLocalhostClustering(port, gatewayPort: 0);

        // The only silo has the whole directory; a cache would be a second one, with a million entries.
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
