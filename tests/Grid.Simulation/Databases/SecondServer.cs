using Grid.Simulation.Processes;
using Grid.Tests.Ledger.Postgres;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Databases;

/// <summary>A second server, with an engine that takes itself for all there is, on the database of one that runs.</summary>
public sealed class SecondServer
{
    [Fact]
    public async Task OnADatabaseInUseEndsWithAReasonAndOneAfterAKillStarts()
    {
        await using var database = await PostgresServer.Start();
        await using var first = await ServerProcess.Listen("serve", "--postgres", database.PooledConnectionString);

        var (exit, output) = await ServerProcess.Run("serve", "--postgres", database.PooledConnectionString, "--listen", "http://127.0.0.1:0");

        exit.ShouldBe(2, output);
        output.ShouldContain("The database is in use by another server; stop it first.");
        output.ShouldNotContain("   at Grid.");
        using (var ready = await first.Http.GetAsync("/health/ready")) ready.EnsureSuccessStatusCode();

        first.Kill();
        await using var next = await ServerProcess.Listen("serve", "--postgres", database.PooledConnectionString);
    }
}
