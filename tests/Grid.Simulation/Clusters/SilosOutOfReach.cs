using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Grid.Simulation.Processes;
using Grid.Tests.Ledger.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>
/// What a silo's customers hear of it when its process is gone, hangs or pauses, while all of them are asked through another. How long the
/// answers took is written down, not judged: that is this machine's load as well.
/// </summary>
public sealed class SilosOutOfReach(ITestOutputHelper output)
{
    private const int Customers = 300;
    private const int AskedAtOnce = 60;

    [Fact]
    public async Task KilledOneIsToldByItsRefusals()
    {
        await using var grid = await ThreeSilos.Start();
        await grid.Cluster.Kill(grid.Other);

        await Ask(grid, "killed");

        await Patience.Until(grid.Votes, votes => votes is [1], "a single silo's word for its death");
    }

    [Fact]
    public async Task HungOneIsVotedOut()
    {
        await using var grid = await ThreeSilos.Start();
        await grid.Other.Hang();

        await Ask(grid, "hung");

        await Patience.Until(grid.Votes, votes => votes is [> 1], "votes of several");
    }

    [Fact]
    public async Task PausedOneStays()
    {
        await using var grid = await ThreeSilos.Start();
        var paused = grid.Other;
        await paused.Hang();
        var pause = Task.Run(async () =>
        {
            // As long as a collection of garbage may take.
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await paused.GoOn();
        });

        await Ask(grid, "paused");
        await pause;
        (await paused.Http.GetAsync($"/v1/customers/{ThreeSilos.Customer(1)}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await grid.Votes()).ShouldBeEmpty();
    }

    /// <summary>Asks for everybody, and again until nobody has to wait: all are answered each time.</summary>
    private async Task Ask(ThreeSilos grid, string what)
    {
        var took = await grid.AskAll();
        output.WriteLine(
            $"{what}: {Customers} asked, p50 {took[took.Count / 2].TotalMilliseconds:0} ms, p99 {took[took.Count * 99 / 100].TotalMilliseconds:0} ms, "
            + $"longest {took[^1].TotalMilliseconds:0} ms, {took.Count(time => time.TotalSeconds > 2)} longer than 2 s");
        await grid.AskAll();
    }

    private sealed class ThreeSilos(PostgresServer database, Cluster cluster) : IAsyncDisposable
    {
        public Cluster Cluster => cluster;

        /// <summary>The one through which everybody is asked for.</summary>
        public ServerProcess Asked { get; } = cluster.Silos[0];

        /// <summary>The one that something happens to.</summary>
        public ServerProcess Other { get; } = cluster.Silos[1];

        public static async Task<ThreeSilos> Start()
        {
            var database = await PostgresServer.Start("max_connections = 300");
            var cluster = await Cluster.Of(3, database);
            var grid = new ThreeSilos(database, cluster);

            // A customer tends to live where it was first heard of: some of them everywhere.
            foreach (var (silo, customers) in cluster.Silos.Zip(Enumerable.Range(0, Customers).Chunk(Customers / 3)))
            {
                var views = customers.Select(number => new { type = "track", userId = Customer(number), @event = "Product Viewed", messageId = $"m{number}" });
                using var sent = await silo.Http.PostAsJsonAsync("/v1/batch?strict=true", new { batch = views });
                sent.StatusCode.ShouldBe(HttpStatusCode.OK, await sent.Content.ReadAsStringAsync());
            }

            await grid.AskAll();
            return grid;
        }

        public static string Customer(int number) => number.ToString("'c'000", CultureInfo.InvariantCulture);

        /// <returns>How long each took to answer, in order.</returns>
        public async Task<List<TimeSpan>> AskAll()
        {
            var took = new TimeSpan[Customers];
            await Parallel.ForAsync(0, Customers, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce }, async (number, cancellation) =>
            {
                var began = TimeProvider.System.GetTimestamp();
                using var answer = await Asked.Http.GetAsync($"/v1/customers/{Customer(number)}", cancellation);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(cancellation));
                took[number] = TimeProvider.System.GetElapsedTime(began);
            });
            return [.. took.Order()];
        }

        /// <summary>
        /// Of each silo that was declared dead, how many times that was said: twice by probes and once more when it was declared, or once after a refusal.
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
            await cluster.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
