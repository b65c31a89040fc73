using System.Diagnostics;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>The server killed with <c>kill -9</c> under load, again and again, and started again on the same data.</summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Customers = 300;
    private const int BatchesBeforeKillMax = 60;
    private const int Seed = 20_260_401;

    [Fact]
    public async Task KnowsEveryAcknowledgedEventOnce()
    {
        using var data = new DataFolder();
        var random = new Random(Seed);
        var workload = new Workload(random, TimeProvider.System.GetUtcNow(), Customers);
        var loader = new Loader(workload, random);
        var starting = new List<TimeSpan>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await Start();
            await new ServerAudit(server.Http).KnowsAtLeast(workload.Customers, loader.Acknowledged, loader.Sent);
            await loader.SendUntilKilled(server.Http, random.Next(1, BatchesBeforeKillMax), server.Kill);
        }

        await using var last = await Start();
        var audit = new ServerAudit(last.Http);
        await audit.KnowsAtLeast(workload.Customers, loader.Acknowledged, loader.Sent);
        await loader.SendUnknown(last.Http);

        loader.Acknowledged.Count.ShouldBe(loader.Sent.Count);
        await audit.KnowsExactly(workload.Customers, loader.Acknowledged);
        (await audit.Recounts()).Customers.ShouldBe(loader.Sent.DistinctBy(message => message.Customer).Count());
        output.WriteLine(
            $"seed {Seed}: {loader.Sent.Count} events, {loader.Repeated} sent again at will, "
            + $"{loader.Unanswered} batches without an answer, starts took "
            + $"{string.Join(", ", starting.Select(start => $"{start.TotalMilliseconds:0}"))} ms");
        (await last.Interrupt()).ShouldBe(0, last.Output);
        (await ServerProcess.Run("audit", "--data", data.Path)).Exit.ShouldBe(0);

        async Task<ServerProcess> Start()
        {
            var began = Stopwatch.GetTimestamp();
            var server = await ServerProcess.Listen("serve", "--data", data.Path);
            starting.Add(Stopwatch.GetElapsedTime(began));
            return server;
        }
    }
}
