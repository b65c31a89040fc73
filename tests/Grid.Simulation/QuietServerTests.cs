using System.Net.Http.Json;
using Grid.Simulation.Clusters;
using Grid.Testing;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>A server that starts, takes events and stops normally logs only that.</summary>
public sealed class QuietServerTests
{
    /// <summary>
    /// Categories of expected messages: the server listens, has started and stops; the demo's shop reports up to which instant its events are
    /// acknowledged.
    /// </summary>
    private static readonly string[] Reported = ["Microsoft.Hosting.Lifetime", "Grid.Shop.ShopClient"];

    /// <summary>Beginnings of messages about a machine whose processors are busy.</summary>
    private static readonly string[] Stalls = ["Runtime Platform stalled", "Timer should have fired", "Self-monitoring determined"];

    [Fact]
    public async Task OnAFreshFolderReportsItsStartAndItsStop()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.Listen("serve", "--data", data.Path);

        await Use(server);

        (await server.Interrupt()).ShouldBe(0, server.Output);
        ShouldBeQuiet(server);
    }

    [Fact]
    public async Task OfADemoReportsItsStartAndItsStop()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.Listen("demo", "--data", data.Path);

        await Use(server);

        await server.Interrupt();
        ShouldBeQuiet(server);
    }

    [Fact]
    public async Task OfThreeInAClusterReportsItsStartAndItsStop()
    {
        await using var database = await PostgresServer.Start();
        await using var cluster = await Cluster.Start(3, database);
        var silos = cluster.Silos;

        foreach (var silo in silos) await Use(silo);

        foreach (var silo in silos) (await silo.Interrupt()).ShouldBe(0, silo.Output);
        foreach (var silo in silos) ShouldBeQuiet(silo);
    }

    private static async Task Use(ServerProcess server)
    {
        for (var n = 0; n < 40; n++)
        {
            var order = new
            {
                type = "track",
                userId = $"u{n}",
                messageId = $"m{n}",
                @event = "Order Completed",
                properties = new { order_id = $"o{n}", total = 100, currency = "CNY" },
            };
            using var answer = await server.Http.PostAsJsonAsync("/v1/batch", new { batch = new[] { order } });
            answer.EnsureSuccessStatusCode();
        }

        (await server.Http.GetStringAsync("/v1/customers/u1")).ShouldContain("lifecycle");
        (await server.Http.GetStringAsync("/v1/segments/lifecycle")).ShouldContain("counts");
        using var audit = await server.Http.PostAsync("/v1/audit", null);
        audit.EnsureSuccessStatusCode();
    }

    /// <summary>A line of the log begins with its level, which the second line of a message does not.</summary>
    private static void ShouldBeQuiet(ServerProcess server)
    {
        Assert.SkipWhen(Stalls.Any(server.Output.Contains), "The machine stood still for seconds, which the server reports as it should.");
        server.Output.Split(Environment.NewLine)
            .Where(line => line.StartsWith("warn:") || line.StartsWith("fail:") || line.StartsWith("crit:")
                || (line.StartsWith("info:") && !Reported.Any(line.Contains)))
            .ShouldBeEmpty(server.Output);
    }
}
