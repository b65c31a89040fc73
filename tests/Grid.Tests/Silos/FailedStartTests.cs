using Grid.Grains;
using Grid.Ledger;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Silos;
using Grid.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Grid.Tests.Silos;

/// <summary>What a failed start leaves behind: nothing that runs, and no lock on the ledger.</summary>
public sealed class FailedStartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServiceLifecycleStage.BecomeActive)]
    [InlineData(ServiceLifecycleStage.Active)]
    public async Task OfASiloStopsEveryPartThatHadStarted(int stage)
    {
        using var folder = new DataFolder();
        var options = new GridOptions { Data = folder.Path, Listen = "http://127.0.0.1:0" };
        var app = GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByDriver, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Fault(stage));
        });
        var silo = app.Services.GetRequiredService<ISiloLifecycleSubject>();
        (await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(Cancellation))).Message.ShouldBe("fails");
        silo.HighestCompletedStage.ShouldBeGreaterThanOrEqualTo(ServiceLifecycleStage.RuntimeInitialize);

        await FailedStart.CleanUp(app);

        silo.LowestStoppedStage.ShouldBeLessThan(ServiceLifecycleStage.RuntimeServices, "the stage of the grain directory");
        await using var next = await Testing.Servers.RunningServer.Start(options);
        (await next.Http.GetStringAsync("/health/live", Cancellation)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task OfALedgerStartsNoPartOfTheSilo()
    {
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(folder.File("grid.db"), "no database, but longer than a header of one would be, so that it is read as one", Cancellation);
        var options = new GridOptions { Data = folder.Path, Listen = "http://127.0.0.1:0" };
        var app = GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByDriver, builder => builder.Logging.ClearProviders());
        var silo = app.Services.GetRequiredService<ISiloLifecycleSubject>();

        await Should.ThrowAsync<LedgerException>(() => app.StartAsync(Cancellation));
        await FailedStart.CleanUp(app);

        silo.HighestCompletedStage.ShouldBeLessThan(ServiceLifecycleStage.RuntimeInitialize);
    }

    private sealed class Fault(int stage) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) =>
            lifecycle.Subscribe(nameof(Fault), stage, _ => throw new InvalidOperationException("fails"));
    }
}
