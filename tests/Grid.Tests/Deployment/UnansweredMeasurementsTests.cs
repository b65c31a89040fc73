using Grid.Grains.Log;
using Grid.Server.Configuration;
using Grid.Testing;
using Grid.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A scrape while a grain that measures does not answer: its measurement is absent, and all others are exported.</summary>
public sealed class UnansweredMeasurementsTests
{
    [Fact]
    public async Task AreAbsentFromAScrapeThatHasAllOthers()
    {
        using var folder = new DataFolder();
        var reader = new SilentReader();
        await using var server = await RunningServer.Start(
            new GridOptions { Data = folder.Path }, more: builder => builder.Services.AddSingleton<IOutgoingGrainCallFilter>(reader));
        (await Scrape(server)).ShouldContain("grid_segment_lag{");

        reader.IsSilent = true;

        var scrape = await Scrape(server);
        scrape.ShouldNotContain("grid_segment_lag{");
        scrape.ShouldContain("grid_segment_customers{");
        scrape.ShouldContain("grid_resident_grains{");
    }

    private static Task<string> Scrape(RunningServer server) => server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

    private sealed class SilentReader : IOutgoingGrainCallFilter
    {
        public bool IsSilent { get; set; }

        public Task Invoke(IOutgoingGrainCallContext context) =>
            IsSilent && context.InterfaceMethod.Name == nameof(ILogReaderGrain.SegmentPosition)
                ? throw new TimeoutException("The log reader does not answer.")
                : context.Invoke();
    }
}
