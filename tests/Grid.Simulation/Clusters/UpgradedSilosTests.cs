using Grid.Simulation.Clusters.LaterBuild;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>
/// A simulated later build, with additions to states and messages, replaces the earlier one silo by silo, and back again, under load through all of
/// them; some silos stop in order, some are killed.
/// </summary>
public sealed class UpgradedSilosTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_404;
    private const int Silos = 3;

    /// <summary>Between two changes.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RolledBack = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task ReadAndKeepWhatBothBuildsHaveWritten()
    {
        var later = await LaterServer.Build();
        await using var database = await PostgresServer.Start("max_connections = 300");
        await using var cluster = await Cluster.Start(Silos, database);
        var sections = new WatchedSections(database.ConnectionString);
        using var watched = new CancellationTokenSource();
        var watching = Task.Run(() => sections.Watch(watched.Token));
        await using var load = new ClusterLoad(cluster, Seed);

        load.Begin();
        var began = TimeProvider.System.GetTimestamp();
        var (changes, kills) = await Alternate(cluster, later, load);
        var alternated = TimeProvider.System.GetElapsedTime(began);
        await ChangeAll(cluster, later);
        await load.Rest();
        await watched.CancelAsync();
        await watching;
        sections.Kept.ShouldBeGreaterThan(0, $"rows of the later build that this one has written again while both ran: {sections}");
        var read = sections.Rows.Values.Count(row => row.Section is { } section && section.Turns < section.Version);
        read.ShouldBeGreaterThan(0, $"rows of this build that the later one has written again: {sections}");

        await ChangeAll(cluster, BuiltServer.Assembly);
        await sections.Look();
        var before = sections.Rows.ToDictionary(row => row.Key, row => row.Value);
        load.Begin();
        await load.GoOn(RolledBack);
        await load.Rest();
        await sections.Look();
        foreach (var (customer, row) in sections.Rows) row.Section.ShouldBe(before[customer].Section, $"the section of {customer} from before");
        var written = sections.Rows.Count(row => row.Value.Section is not null && row.Value.Version > before[row.Key].Version);
        written.ShouldBeGreaterThan(0, "customers of the later build that this one has written again");

        var transitions = await load.EndFollowing();
        output.WriteLine(
            $"seed {Seed}: {changes} silos of one build replaced by the other in {alternated.TotalSeconds:0} s, {kills} of them killed; "
            + $"{sections}; "
            + $"{read} customers had turns of both when all were upgraded, {written} again after the roll back; {transitions} transitions, {load}");
    }

    /// <summary>
    /// Replaces the oldest silo by one of the other build, repeatedly: at least until all are upgraded and all but one are back again.
    /// </summary>
    private static async Task<(int Changes, int Kills)> Alternate(Cluster cluster, string later, ClusterLoad load)
    {
        var (changes, kills, began) = (0, 0, TimeProvider.System.GetTimestamp());
        while (changes < (2 * Silos) - 1 || TimeProvider.System.GetElapsedTime(began) < FaultTime.Duration)
        {
            await load.GoOn(Rest);
            var leaving = cluster.Silos[0];
            if (changes++ % 2 == 0)
            {
                (await cluster.Stop(leaving)).ShouldBe(0, leaving.Output);
            }
            else
            {
                await cluster.Kill(leaving);
                kills++;
            }

            await cluster.Start(leaving.Runs == later ? BuiltServer.Assembly : later);
        }

        return (changes, kills);
    }

    private static async Task ChangeAll(Cluster cluster, string assembly)
    {
        foreach (var silo in cluster.Silos.Where(silo => silo.Runs != assembly))
        {
            (await cluster.Stop(silo)).ShouldBe(0, silo.Output);
            await cluster.Start(assembly);
        }
    }
}
