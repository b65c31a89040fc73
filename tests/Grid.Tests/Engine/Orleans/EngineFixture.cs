using Grid.Server.Engines.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Grid.Tests.Engine;

/// <summary>
/// On Orleans there are two silos and a client of both. Only the timers of grains go by the virtual clock: ages and timeouts are measured
/// by the machine's, on which everything passes many times as fast.
/// </summary>
public sealed partial class EngineFixture
{
    private const string StorageName = "grid";
    private const int Silos = 2;
    private const double Haste = 100;

    // Nothing tells whether a silo has work left. Nothing seen for this long, after each silo has answered, stands for that: where it
    // is too short for once, what must not happen would be looked for too early; what must happen is waited for by name.
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(60);

    private readonly InProcessTestCluster _cluster;

    private EngineFixture(EngineTimes times)
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Services.AddModelTypes());
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(messaging =>
            (messaging.ResponseTimeout, messaging.DropExpiredMessages) = (times.ResponseTimeout / Haste, false)));
        builder.ConfigureSilo((_, silo) => Configure(silo, times));
        _cluster = builder.Build();
    }

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<EngineFixture> Start(EngineTimes? times = null)
    {
        var fixture = new EngineFixture(times ?? new EngineTimes());
        await fixture._cluster.DeployAsync();
        return fixture;
    }

    /// <summary>Until nothing goes on any more, as far as can be seen.</summary>
    public async Task Settle()
    {
        for (var seen = -1; seen != Witness.Seen.Count;)
        {
            seen = Witness.Seen.Count;
            await Residents();
            await Task.Delay(Lull, TimeProvider.System);
        }
    }

    /// <summary>How many grains of the test are in memory.</summary>
    public async Task<int> Residents()
    {
        var residents = await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics().WaitAsync(Patience);
        return residents.Count(grain => grain.GrainType.Contains("Grid.Tests", StringComparison.Ordinal));
    }

    public Task Stop() => _cluster.StopAllSilosAsync();

    public async ValueTask DisposeAsync()
    {
        Witness.OpenAll();
        await _cluster.DisposeAsync();
    }

    private void Configure(ISiloBuilder silo, EngineTimes times)
    {
        silo.Services.AddSingleton(Witness).AddSingleton(States).AddSingleton<TimeProvider>(Clock);
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.AddGrainStorage(StorageName, static (services, _) => ActivatorUtilities.CreateInstance<LedgerGrainStorage>(services));
        silo.Configure<SiloMessagingOptions>(messaging =>
            (messaging.ResponseTimeout, messaging.DropExpiredMessages) = (times.ResponseTimeout / Haste, false));

        // A timer of the silo's own that goes by the clock of the grains: each of its seconds would have to settle.
        silo.Configure<DeploymentLoadPublisherOptions>(load => load.DeploymentLoadPublisherRefreshTime = TimeSpan.Zero);
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = times.IdleAge / Haste;
            collection.CollectionQuantum = times.CollectionPeriod / Haste;
            collection.DeactivationTimeout = times.DeactivationTimeout / Haste;
        });
    }

    /// <summary>The machine's clock takes its time, however little.</summary>
    private async Task Passed(TimeSpan time, long begun)
    {
        await Settle();
        var left = (time / Haste) - TimeProvider.System.GetElapsedTime(begun);
        if (left > TimeSpan.Zero) await Task.Delay(left, TimeProvider.System);
    }
}
