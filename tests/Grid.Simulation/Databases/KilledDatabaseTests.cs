using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Databases;

/// <summary>A PostgreSQL server that crashes and restarts under load, repeatedly, while the grid's own server keeps running.</summary>
public sealed class KilledDatabaseTests(ITestOutputHelper output)
{
    private const int Crashes = 20;
    private const int Customers = 300;
    private const int Seed = 20_260_403;

    /// <summary>Between two crashes.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task CostsNoAcknowledgedEventAndDoublesNone()
    {
        await using var database = await PostgresServer.Start();
        await using var server = await ServerProcess.Listen("serve", "--postgres", database.PooledConnectionString);
        var workload = new Workload(new Random(Seed), TimeProvider.System.GetUtcNow(), Customers);
        var loader = new Loader(workload, new Random(Seed));
        using var loaded = new CancellationTokenSource();
        var loading = loader.SendUntil(() => server.Http, TimeSpan.FromMilliseconds(20), loaded.Token);
        for (var crash = 0; crash < Crashes; crash++)
        {
            await Task.WhenAny(loading, Task.Delay(Rest, TimeProvider.System));
            loading.IsFaulted.ShouldBeFalse(loading.Exception?.ToString());
            await database.Control("restart", "-m", "immediate");
        }

        await loaded.CancelAsync();
        await loading.WaitFor("the connections to end");
        await loader.SendUnknown(server.Http);

        loader.Acknowledged.Count.ShouldBe(loader.Sent.Count);
        var audit = new ServerAudit(server.Http);
        await audit.KnowsExactly(workload.Customers, loader.Acknowledged);
        (await audit.Recounts()).Customers.ShouldBe(loader.Sent.DistinctBy(message => message.Customer).Count());
        var took = loader.Answers.Select(answer => answer.Took.TotalMilliseconds).Order().ToList();
        output.WriteLine(
            $"seed {Seed}: {Crashes} crashes, {loader.Sent.Count} events in {loader.Answers.Count} batches, {loader.Repeated} messages sent again at will; "
            + $"answers took p50 {took[took.Count / 2]:0} ms, p99 {took[took.Count * 99 / 100]:0} ms, longest {took[^1]:0} ms");
    }
}
