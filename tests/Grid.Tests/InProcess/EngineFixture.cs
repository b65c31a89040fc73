using Grid.InProcess.Engine;
using Grid.InProcess.Hosting;
using Grid.InProcess.State;
using Grid.Grains.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grid.Tests.InProcess;

/// <summary>
/// Grains on an engine, for one test. The only class here that knows which engine it is: tests of shared semantics use
/// <see cref="Grains"/>, <see cref="Witness"/> and the clock, and nothing of the engine itself.
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private EngineFixture(ServiceProvider services) => _services = services;

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public Witness Witness => _services.GetRequiredService<Witness>();

    public SimulatedClock Clock => _services.GetRequiredService<SimulatedClock>();

    internal GrainEngine Engine => _services.GetRequiredService<GrainEngine>();

    internal MemoryGrainStateStore States => (MemoryGrainStateStore)_services.GetRequiredService<IGrainStateStore>();

    /// <summary>How long a test waits for something that must happen before it fails by the name of what it waited for.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    public static async Task<EngineFixture> Start(EngineLimits? limits = null, int? seed = null)
    {
        var clock = new SimulatedClock(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<Witness>()
            .AddInProcessGrains(options =>
            {
                options.Assemblies.Add(typeof(EngineFixture).Assembly);
                options.Limits = limits ?? options.Limits;
                options.Seed = seed;
            })
            .BuildServiceProvider();
        var fixture = new EngineFixture(services);
        await fixture.Service.StartAsync(CancellationToken.None);
        return fixture;
    }

    public IProbeGrain Probe(string key) => Grains.GetGrain<IProbeGrain>(key);

    /// <summary>Moves the clock, timer by timer, with everything a timer sets off done before the next one.</summary>
    public Task Pass(TimeSpan time) => Clock.AdvanceTo(Clock.GetUtcNow() + time, Settle);

    /// <summary>Until no turn is queued or runs.</summary>
    public Task Settle() => Engine.Quiet().WaitAsync(Patience);

    public Task Stop() => Service.StopAsync(CancellationToken.None);

    private IHostedService Service => _services.GetServices<IHostedService>().Single();

    public async ValueTask DisposeAsync()
    {
        // What a test left waiting on purpose is let go, so that stopping need not wait for it.
        Witness.OpenAll();
        await Settle();
        await Stop();
        await _services.DisposeAsync();
    }
}
