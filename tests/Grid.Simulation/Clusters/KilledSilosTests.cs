using Grid.Testing.Postgres;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>Silos killed with <c>kill -9</c> under load through all of them, started again, and one more that joins.</summary>
public sealed class KilledSilosTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_402;
    private const int Silos = 3;

    /// <summary>
    /// Partitions that each silo holds at the end: a third of an equal share of 64 among four. The hash that places them spreads them unevenly.
    /// </summary>
    private const int PartitionsMin = 5;

    /// <summary>Between two kills.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task LoseAndDoubleNothing()
    {
        await using var database = await PostgresServer.Start("max_connections = 300");
        await using var cluster = await Cluster.Start(Silos, database);
        await using var load = new ClusterLoad(cluster, Seed);

        load.Begin();
        var (kills, longestStart) = await KillAndStart(cluster, new Random(Seed), load);
        await load.Rest();
        var partitions = await cluster.PartitionsOfSilos(PartitionsMin);
        var transitions = await load.EndFollowing();

        output.WriteLine($"seed {Seed}: {kills} kills in {FaultTime.Duration.TotalSeconds:0} s, ready again after {longestStart.TotalSeconds:0.0} s at most, "
            + $"partitions {string.Join(", ", partitions)}, {transitions} transitions, {load}");
    }

    /// <summary>A killed silo is started again at once. Half way through, one more joins for good.</summary>
    private static async Task<(int Kills, TimeSpan LongestStart)> KillAndStart(Cluster cluster, Random random, ClusterLoad load)
    {
        var (kills, joined, began) = (0, false, TimeProvider.System.GetTimestamp());
        var starting = new List<Task<TimeSpan>>();
        while (TimeProvider.System.GetElapsedTime(began) < FaultTime.Duration)
        {
            await load.GoOn(Rest);
            starting.FirstOrDefault(start => start.IsFaulted)?.GetAwaiter().GetResult();
            if (!joined && TimeProvider.System.GetElapsedTime(began) > FaultTime.Duration / 2)
            {
                joined = true;
                starting.Add(Start(cluster));
            }

            // At least one silo must remain to vote, and to answer.
            if (cluster.Silos.Count < Silos) continue;
            await cluster.Kill(cluster.Any(random));
            kills++;
            starting.Add(Start(cluster));
        }

        return (kills, (await Task.WhenAll(starting)).Max());
    }

    /// <returns>How long the silo took to be ready.</returns>
    private static async Task<TimeSpan> Start(Cluster cluster)
    {
        var began = TimeProvider.System.GetTimestamp();
        await cluster.Start();
        return TimeProvider.System.GetElapsedTime(began);
    }
}
