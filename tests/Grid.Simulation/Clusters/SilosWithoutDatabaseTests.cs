using Grid.Testing.Postgres;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>
/// The one database of several silos, which keeps their membership as well, crashes and comes back under load through all of them, again and again.
/// </summary>
public sealed class SilosWithoutDatabaseTests(ITestOutputHelper output)
{
    private const int Crashes = 20;
    private const int Seed = 20_261_122;
    private const int Silos = 3;

    /// <summary>Between two crashes.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task LoseAndDoubleNothing()
    {
        await using var database = await PostgresServer.Start("max_connections = 300");
        await using var cluster = await Cluster.Start(Silos, database);
        await using var load = new ClusterLoad(cluster, Seed);

        load.Begin();
        for (var crash = 0; crash < Crashes; crash++)
        {
            await load.GoOn(Rest);
            await database.Control("restart", "-m", "immediate");
        }

        await load.Rest();
        var transitions = await load.EndFollowing();
        output.WriteLine($"seed {Seed}: {Crashes} crashes, {transitions} transitions, {load}");
    }
}
