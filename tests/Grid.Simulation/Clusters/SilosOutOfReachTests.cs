using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Grid.Testing;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>
/// Measures how long a silo's customers wait when its process is killed, hangs or pauses: the test calls them through another silo while events
/// arrive through the others. The times are recorded, not asserted: they depend on the machine's load. No acknowledged event may be lost or doubled.
/// </summary>
public sealed class SilosOutOfReachTests(ITestOutputHelper output)
{
    private const int AskedAtOnce = 60;
    private const int Slow = 2;

    /// <summary>Runs of each fault: one, or as many as the environment says.</summary>
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("GRID_FAULT_RUNS") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public async Task KilledOneIsDeclaredDeadByItsRefusals()
    {
        await using var grid = await ThreeSilos.Start();
        for (var run = 1; run <= Runs; run++)
        {
            var other = await grid.Prepare(run);
            await grid.Cluster.Kill(other);

            await Ask(grid, run, "killed");

            var dead = run;
            await Patience.Until(grid.Votes, votes => votes.Length == dead, "it to be declared dead");
            await grid.Cluster.Start();
        }

        // When no call meets the dead silo in time, the probes vote it out.
        (await grid.Votes()).ShouldContain(1, "one vote after a refusal");
        await grid.Load.Rest();
    }

    [Fact]
    public async Task HungOneIsVotedOut()
    {
        await using var grid = await ThreeSilos.Start();
        for (var run = 1; run <= Runs; run++)
        {
            var other = await grid.Prepare(run);
            await other.Hang();

            await Ask(grid, run, "hung");

            var dead = run;
            await Patience.Until(grid.Votes, votes => votes.Length == dead && votes.All(vote => vote > 1), "votes of several");
            await other.GoOn();
            await grid.Cluster.Start();
            await other.DisposeAsync();
        }

        await grid.Load.Rest();
    }

    [Fact]
    public async Task PausedOneStays()
    {
        await using var grid = await ThreeSilos.Start();
        for (var run = 1; run <= Runs; run++)
        {
            var other = await grid.Prepare(run);
            await other.Hang();
            var pause = Task.Run(async () =>
            {
                // As long as a garbage collection may take.
                await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
                await other.GoOn();
            });

            await Ask(grid, run, "paused");
            await pause;
            (await other.Http.GetAsync($"/v1/customers/{ThreeSilos.Customer(run, 1)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await grid.Votes()).ShouldBeEmpty();
            grid.Cluster.Return(other);
        }

        await grid.Load.Rest();
    }

    /// <summary>Calls all customers, repeatedly until none has to wait: all answer each time.</summary>
    private async Task Ask(ThreeSilos grid, int run, string what)
    {
        var answered = grid.Load.Answered;
        var took = await grid.AskAll(run);
        await grid.AskAll(run);
        var batches = grid.Load.LongestSince(answered);
        output.WriteLine(
            $"{what} {run}: {took.Count} asked, p50 {took[took.Count / 2].TotalMilliseconds:0} ms, "
            + $"p99 {took[took.Count * 99 / 100].TotalMilliseconds:0} ms, longest {took[^1].TotalMilliseconds:0} ms, "
            + $"{took.Count(time => time.TotalSeconds > Slow)} longer than {Slow} s; "
            + $"batches of events: longest {batches.TotalMilliseconds:0} ms");
    }

    private sealed class ThreeSilos(PostgresServer database, Cluster cluster, ClusterLoad load) : IAsyncDisposable
    {
        private const int Customers = 300;
        private const int Seed = 20_260_403;

        /// <summary>A number such that after all runs no customer has more orders than a view shows.</summary>
        private const int LoadedCustomers = 3_000;

        public Cluster Cluster => cluster;

        public ClusterLoad Load => load;

        /// <summary>The silo through which all customers are called.</summary>
        private ServerProcess Asked { get; } = cluster.Silos[0];

        public static async Task<ThreeSilos> Start()
        {
            var database = await PostgresServer.Start("max_connections = 300");
            var cluster = await Cluster.Start(3, database);
            var load = new ClusterLoad(cluster, Seed, followers: 0, LoadedCustomers);
            load.Begin();
            return new ThreeSilos(database, cluster, load);
        }

        public static string Customer(int run, int number) => string.Create(CultureInfo.InvariantCulture, $"c{run}-{number:000}");

        /// <returns>The silo that the fault will hit. No further events are sent through it.</returns>
        public async Task<ServerProcess> Prepare(int run)
        {
            // A customer is usually activated on the silo that first receives an event of it: some on every silo.
            foreach (var (silo, customers) in cluster.Silos.Zip(Enumerable.Range(0, Customers).Chunk(Customers / 3)))
            {
                var views = customers.Select(
                    number => new { type = "track", userId = Customer(run, number), @event = "Product Viewed", messageId = $"m{number}" });
                using var sent = await silo.Http.PostAsJsonAsync("/v1/batch?strict=true", new { batch = views });
                sent.StatusCode.ShouldBe(HttpStatusCode.OK, await sent.Content.ReadAsStringAsync());
            }

            await AskAll(run);

            // Most of them are activated on the newest silo, which has the most room.
            var other = cluster.Silos[^1];
            cluster.Leave(other);
            await load.GoOn(TimeSpan.FromSeconds(1));
            return other;
        }

        /// <returns>How long each took to answer, in order.</returns>
        public async Task<List<TimeSpan>> AskAll(int run)
        {
            var took = new TimeSpan[Customers];
            await Parallel.ForAsync(0, Customers, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce }, async (number, cancellation) =>
            {
                var began = TimeProvider.System.GetTimestamp();
                using var answer = await Asked.Http.GetAsync($"/v1/customers/{Customer(run, number)}", cancellation);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, Asked.Output);
                took[number] = TimeProvider.System.GetElapsedTime(began);
            });
            return [.. took.Order()];
        }

        /// <summary>
        /// Of each silo that was declared dead, the votes: two by probes and one more when it was declared, or one after a refusal.
        /// </summary>
        public async Task<int[]> Votes()
        {
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var command = source.CreateCommand(
                "SELECT coalesce(array_agg(cardinality(string_to_array(suspect_times, '|'))), '{}') FROM cluster_silos WHERE status = 6");
            return (int[])(await command.ExecuteScalarAsync())!;
        }

        public async ValueTask DisposeAsync()
        {
            await load.DisposeAsync();
            await cluster.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
