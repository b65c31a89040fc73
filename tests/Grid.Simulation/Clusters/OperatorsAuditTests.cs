using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Clusters;

/// <summary>The command that recounts, while servers run and when none does.</summary>
public sealed class OperatorsAuditTests
{
    [Fact]
    public async Task OfARunningClusterIsDoneByTheCluster()
    {
        await using var database = await PostgresServer.Start();
        await using var cluster = await Cluster.Start(2, database);
        await Fill(cluster.Silos[0]);

        var (exit, output) = await ServerProcess.Run("audit", "--postgres", database.PooledConnectionString);

        exit.ShouldBe(0, output);
        output.ShouldContain("customers at position");
        output.ShouldContain("difference between counts and recount: 0");
        (await SilosEver(database)).ShouldBe(2);

        foreach (var silo in cluster.Silos) (await cluster.Stop(silo)).ShouldBe(0);
        var before = await Content(database);
        var (alone, recount) = await ServerProcess.Run("audit", "--postgres", database.PooledConnectionString);

        alone.ShouldBe(0, recount);
        recount.ShouldContain("difference between counts and recount: 0");
        (await Content(database)).ShouldBe(before);
    }

    [Fact]
    public async Task OfAFileInUseNamesTheRouteOfItsServer()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.Listen("serve", "--data", data.Path);

        var (exit, output) = await ServerProcess.Run("audit", "--data", data.Path);

        exit.ShouldBe(2, output);
        output.ShouldContain("is in use by another process");
        output.ShouldContain("POST /v1/audit");
    }

    private static async Task Fill(ServerProcess silo)
    {
        var workload = new Workload(new Random(3), TimeProvider.System.GetUtcNow(), 20);
        var loader = new Loader(workload, new Random(3));
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(3), TimeProvider.System);
        await loader.SendUntil(() => silo.Http, TimeSpan.FromMilliseconds(50), stopping.Token);
        await new ServerAudit(silo.Http).Recounts();
    }

    /// <summary>The name and a hash of the rows of each table.</summary>
    private static async Task<string> Content(PostgresServer database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var listing = new NpgsqlCommand("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'", connection))
        await using (var reader = await listing.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        tables.Count.ShouldBeGreaterThan(5);
        var content = new List<string>();
        foreach (var table in tables.Order())
        {
            await using var hashing = new NpgsqlCommand($"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t", connection);
            content.Add($"{table} {await hashing.ExecuteScalarAsync()}");
        }

        return string.Join('\n', content);
    }

    private static async Task<long> SilosEver(PostgresServer database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM cluster_silos", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
