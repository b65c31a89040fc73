using System.Globalization;
using System.Net.Http.Json;
using Grid.Ledger;
using Grid.Live.Transitions;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Tests.Ledger.Postgres;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>Silos killed with <c>kill -9</c> under load through all of them, started again, and one more that joins.</summary>
public sealed class KilledSilos(ITestOutputHelper output)
{
    private const int Customers = 300;
    private const int Seed = 20_260_402;
    private const int Silos = 3;

    /// <summary>Between two kills.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    /// <summary>How long silos are killed: a minute, or as long as asked for.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("GRID_FAULT_SECONDS") ?? "60", CultureInfo.InvariantCulture));

    [Fact]
    public async Task LoseAndDoubleNothing()
    {
        await using var database = await PostgresServer.Start("max_connections = 300");
        await using var cluster = new Cluster(database.ConnectionString.Replace("Pooling=false", "Maximum Pool Size=20", StringComparison.Ordinal));
        await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => cluster.Start()));
        var random = new Random(Seed);
        var workload = new Workload(new Random(Seed), TimeProvider.System.GetUtcNow(), Customers);
        var loader = new Loader(workload, new Random(Seed));
        var followers = Enumerable.Range(0, Silos).Select(number => new Follower(cluster, new Random(number))).ToList();

        using var loaded = new CancellationTokenSource();
        using var followed = new CancellationTokenSource();
        var following = followers.Select(follower => Task.Run(() => follower.Follow(followed.Token))).ToList();
        var picking = new Random(Seed);
        var loading = loader.SendUntil(Pick, TimeSpan.FromMilliseconds(50), loaded.Token);
        var kills = await KillAndStart(cluster, random, loading);
        await loaded.CancelAsync();
        await loading.WaitFor("the connections to end");

        var any = cluster.Any(random).Http;
        await loader.SendUnknown(any);
        loader.Acknowledged.Count.ShouldBe(loader.Sent.Count);
        foreach (var silo in cluster.Silos) await new ServerAudit(silo.Http).KnowsExactly(workload.Customers, loader.Acknowledged);
        foreach (var silo in cluster.Silos) await new ServerAudit(silo.Http).Recounts();

        var (log, head) = await Log(any);
        foreach (var follower in followers) await Patience.Until(() => Task.FromResult(follower.Position), at => at.Covers(head), $"a client to reach {head}");
        await followed.CancelAsync();
        await Task.WhenAll(following);
        foreach (var follower in followers) Holds(follower.Seen, log);
        Report(loader, followers, kills, log.Count);

        HttpClient Pick()
        {
            lock (picking) return cluster.Any(picking).Http;
        }
    }

    /// <summary>A killed silo is started again at once. Half way through, one more joins for good.</summary>
    private static async Task<int> KillAndStart(Cluster cluster, Random random, Task loading)
    {
        var (kills, joined, began) = (0, false, TimeProvider.System.GetTimestamp());
        var starting = new List<Task>();
        while (TimeProvider.System.GetElapsedTime(began) < Duration)
        {
            await Task.WhenAny(loading, Task.Delay(Rest, TimeProvider.System));
            loading.IsFaulted.ShouldBeFalse(loading.Exception?.ToString());
            starting.FirstOrDefault(start => start.IsFaulted)?.GetAwaiter().GetResult();
            if (!joined && TimeProvider.System.GetElapsedTime(began) > Duration / 2)
            {
                joined = true;
                starting.Add(cluster.Start());
            }

            // Somebody must be there to vote, and to answer.
            if (cluster.Silos.Count < Silos) continue;
            await cluster.Kill(cluster.Any(random));
            kills++;
            starting.Add(cluster.Start());
        }

        await Task.WhenAll(starting);
        return kills;
    }

    private static async Task<(List<TransitionView> Items, LogPosition Head)> Log(HttpClient http)
    {
        var (items, position) = (new List<TransitionView>(), "0");
        while (true)
        {
            var page = (await http.GetFromJsonAsync<TransitionsAnswer>($"/v1/transitions?after={position}&limit=1000"))!;
            if (page.Items.Count == 0) return (items, Follower.Parse(position));
            items.AddRange(page.Items.Select(item => item with { Position = "" }));
            position = page.Position;
        }
    }

    /// <summary>Nothing missed, nothing doubled, each customer's in order. Time goes on, so that the client may have seen a little more.</summary>
    private static void Holds(IReadOnlyList<TransitionView> seen, List<TransitionView> log)
    {
        var bySeen = seen.ToLookup(item => item.Customer);
        foreach (var customer in log.GroupBy(item => item.Customer))
            bySeen[customer.Key].Take(customer.Count()).ShouldBe(customer, $"what a client saw of {customer.Key}");
    }

    private void Report(Loader loader, List<Follower> followers, int kills, int transitions)
    {
        var took = loader.Answers.Where(answer => answer.Answered).Select(answer => answer.Took.TotalMilliseconds).Order().ToList();
        output.WriteLine(
            $"seed {Seed}: {kills} kills in {Duration.TotalSeconds:0} s, {loader.Sent.Count} events, {transitions} transitions, "
            + $"{loader.Unanswered} of {loader.Answers.Count} batches without an answer, {loader.Repeated} messages sent again at will; "
            + $"answers took p50 {took[took.Count / 2]:0} ms, p99 {took[took.Count * 99 / 100]:0} ms, longest {took[^1]:0} ms; "
            + $"clients connected {string.Join(", ", followers.Select(follower => follower.Connections))} times");
    }
}
