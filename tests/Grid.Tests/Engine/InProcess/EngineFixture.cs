using Grid.InProcess.Engine;
using Grid.InProcess.Hosting;
using Grid.InProcess.State;
using Grid.Server.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grid.Tests.Engine;

/// <summary>On the in-process engine everything goes by the virtual clock.</summary>
public sealed partial class EngineFixture
{
    private readonly ServiceProvider _services;

    private EngineFixture(EngineLimits limits, int? seed) => _services = new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddSingleton(Witness)
        .AddSingleton<IGrainStateStore>(new LedgerStateStore(States))
        .AddInProcessGrains(options =>
        {
            options.Assemblies.Add(typeof(EngineFixture).Assembly);
            options.StateJson = GrainStates.Json;
            options.Limits = limits;
            options.Seed = seed;
        })
        .BuildServiceProvider();

    public IGrainFactory Grains => Engine;

    internal GrainEngine Engine => _services.GetRequiredService<GrainEngine>();

    private IHostedService Service => _services.GetServices<IHostedService>().Single();

    public static Task<EngineFixture> Start(EngineTimes? times = null)
    {
        times ??= new EngineTimes();
        return Start(new EngineLimits
        {
            IdleAge = times.IdleAge,
            CollectionPeriod = times.CollectionPeriod,
            ResponseTimeout = times.ResponseTimeout,
            DeactivationTimeout = times.DeactivationTimeout,
        });
    }

    internal static async Task<EngineFixture> Start(EngineLimits limits, int? seed = null)
    {
        var fixture = new EngineFixture(limits, seed);
        await fixture.Service.StartAsync(CancellationToken.None);
        return fixture;
    }

    /// <summary>Until no turn is queued or runs.</summary>
    public Task Settle() => Engine.Quiet().WaitAsync(Patience);

    /// <summary>How many grains of the test are in memory.</summary>
    public Task<int> Residents() => Task.FromResult(Engine.ResidentGrains);

    public Task Stop() => Service.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        // What a test left waiting on purpose is let go, so that stopping need not wait for it.
        Witness.OpenAll();
        await Settle();
        await Stop();
        await _services.DisposeAsync();
    }

    private Task Passed(TimeSpan _, long begun) => Settle();
}
