using System.Net.Http.Json;
using Grid.Api.Transitions;
using Grid.Ledger;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Shouldly;

namespace Grid.Simulation.Clusters;

/// <summary>Load through all silos of a cluster, with hub clients that follow it, and checks of both whenever the load pauses.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    /// <summary>The pause of each connection: starting silos and the load share two cores.</summary>
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(300);

    private readonly Cluster _cluster;
    private readonly Workload _workload;
    private readonly Loader _loader;
    private readonly List<Follower> _followers;
    private readonly List<Task> _following;
    private readonly CancellationTokenSource _followed = new();

    // Locked by itself: every connection of the loader picks a silo.
    private readonly Random _picking;

    private CancellationTokenSource _loaded = new();

    public ClusterLoad(Cluster cluster, int seed, int followers = 3, int customers = 300)
    {
        (_cluster, _picking) = (cluster, new Random(seed));
        _workload = new Workload(new Random(seed), TimeProvider.System.GetUtcNow(), customers);
        _loader = new Loader(_workload, new Random(seed));
        _followers = [.. Enumerable.Range(0, followers).Select(number => new Follower(cluster, new Random(number)))];
        _following = [.. _followers.Select(follower => Task.Run(() => follower.Follow(_followed.Token)))];
    }

    /// <summary>Completes when the load ends, or fails with its first mistake.</summary>
    public Task Loading { get; private set; } = Task.CompletedTask;

    /// <summary>Batches that have ended so far.</summary>
    public int Answered => _loader.Answers.Count;

    /// <summary>The duration of the slowest batch among those that ended since a given count.</summary>
    public TimeSpan LongestSince(int answered) => _loader.Answers.Skip(answered).Select(answer => answer.Took).DefaultIfEmpty().Max();

    public void Begin()
    {
        _loaded = new CancellationTokenSource();
        Loading = _loader.SendUntil(Pick, BetweenBatches, _loaded.Token);
    }

    /// <summary>Lets the load run for a while.</summary>
    public async Task GoOn(TimeSpan time)
    {
        await Task.WhenAny(Loading, Task.Delay(time, TimeProvider.System));
        Loading.IsFaulted.ShouldBeFalse(Loading.Exception?.ToString());
    }

    /// <summary>Waits until every event is answered, and compares each silo's answers with the sent events.</summary>
    public async Task Rest()
    {
        await _loaded.CancelAsync();
        await Loading.WaitFor("the connections to end");
        _loaded.Dispose();
        await _loader.SendUnknown(Pick());
        _loader.Acknowledged.Count.ShouldBe(_loader.Sent.Count);
        foreach (var silo in _cluster.Silos) await new ServerAudit(silo.Http).KnowsExactly(_workload.Customers, _loader.Acknowledged);
        foreach (var silo in _cluster.Silos) await new ServerAudit(silo.Http).Recounts();
    }

    /// <summary>Compares the transitions that the hub clients received with the log.</summary>
    /// <returns>The number of transitions.</returns>
    public async Task<int> EndFollowing()
    {
        var (log, head) = await Log(Pick());
        foreach (var follower in _followers) await Patience.Until(() => Task.FromResult(follower.Position), at => at.Covers(head), $"a client to reach {head}");
        await _followed.CancelAsync();
        await Task.WhenAll(_following);
        foreach (var follower in _followers) Holds(follower.Seen, log);
        return log.Count;
    }

    public override string ToString()
    {
        var took = _loader.Answers.Where(answer => answer.Answered).Select(answer => answer.Took.TotalMilliseconds).Order().ToList();
        return $"{_loader.Sent.Count} events, {_loader.Unanswered} of {_loader.Answers.Count} batches without an answer, "
            + $"{_loader.Repeated} messages sent again at will; "
            + $"answers took p50 {took[took.Count / 2]:0} ms, p99 {took[took.Count * 99 / 100]:0} ms, longest {took[^1]:0} ms; "
            + $"clients connected {string.Join(", ", _followers.Select(follower => follower.Connections))} times";
    }

    public async ValueTask DisposeAsync()
    {
        // The test itself has disposed of these.
        if (!Loading.IsCompleted) await _loaded.CancelAsync();
        await _followed.CancelAsync();
        await Task.WhenAll([Loading, .. _following]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _loaded.Dispose();
        _followed.Dispose();
    }

    private HttpClient Pick()
    {
        lock (_picking) return _cluster.Any(_picking).Http;
    }

    private static async Task<(List<TransitionView> Items, LogPosition Head)> Log(HttpClient http)
    {
        var (items, position) = (new List<TransitionView>(), "0");
        while (true)
        {
            var page = (await http.GetFromJsonAsync<TransitionsResponse>($"/v1/transitions?after={position}&limit=1000"))!;
            if (page.Items.Count == 0) return (items, Follower.Parse(position));
            items.AddRange(page.Items.Select(item => item with { Position = "" }));
            position = page.Position;
        }
    }

    /// <summary>
    /// Checks that no transition is missing or doubled and that each customer's are in order. The clock runs on, so the client may have received a
    /// few more.
    /// </summary>
    private static void Holds(IReadOnlyList<TransitionView> seen, List<TransitionView> log)
    {
        var bySeen = seen.ToLookup(item => item.Customer);
        foreach (var customer in log.GroupBy(item => item.Customer))
            bySeen[customer.Key].Take(customer.Count()).ShouldBe(customer, $"what a client saw of {customer.Key}");
    }
}
