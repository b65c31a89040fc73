using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Grid.Tests.Silos;

public sealed class DashboardInstrumentsTests
{
    [Fact]
    public async Task DashboardReadsInstrumentsOnceAMinute()
    {
        await using var grid = await GridApplication.Start();
        var host = grid.Of<IEnumerable<IHostedService>>().Single(service => service.GetType().FullName == "Orleans.Dashboard.DashboardHost");
        var interval = host.GetType().GetProperty("ExportIntervalMilliseconds", BindingFlags.Instance | BindingFlags.NonPublic);
        interval.ShouldNotBeNull().GetValue(host).ShouldBe(60_000);

        // The same object takes part in the silo's lifecycle.
        grid.Of<IEnumerable<ILifecycleParticipant<ISiloLifecycle>>>().ShouldContain(participant => ReferenceEquals(participant, host));
    }

    [Fact]
    public void ABuildOfTheDashboardWithoutTheIntervalIsRefused() =>
        Should.Throw<InvalidOperationException>(() => Grid.Server.Silos.DashboardInstruments.ReadEachMinute(new ServiceCollection()))
            .Message.ShouldContain("decision 0020");
}
