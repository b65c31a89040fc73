using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>A file of recorded events, replayed by the command and then served.</summary>
public sealed class ReplayedHistoryTests
{
    private const int Messages = 3_000;
    private const int Customers = 200;

    [Fact]
    public async Task AuditsToZero()
    {
        using var data = new DataFolder();
        var workload = new Workload(new Random(11), TimeProvider.System.GetUtcNow(), Customers);
        var messages = Enumerable.Range(0, Messages).Select(_ => workload.Next()).OrderBy(message => message.At).ToList();
        var file = data.File("history.ndjson");
        await File.WriteAllLinesAsync(file, messages.Select(message => message.ToJson()));

        var replay = await ServerProcess.Run("replay", file, "--data", data.Path);

        replay.Exit.ShouldBe(0, replay.Output);
        var reports = messages.OfType<Ordered>().ToList();
        var again = reports.Count - reports.DistinctBy(report => report.OrderId).Count();
        replay.Output.ShouldContain($"{Messages - again} events accepted, 0 duplicates, {again} rejected");
        await using var server = await ServerProcess.Listen("serve", "--data", data.Path);
        var audit = new ServerAudit(server.Http);
        await audit.KnowsExactly(workload.Customers, messages);
        (await audit.Recounts()).Customers.ShouldBe(messages.DistinctBy(message => message.Customer).Count());
        (await server.Interrupt()).ShouldBe(0, server.Output);
    }

    [Fact]
    public async Task InterruptedSaysSo()
    {
        using var data = new DataFolder();
        var file = data.File("history.ndjson");
        var workload = new Workload(new Random(12), TimeProvider.System.GetUtcNow(), Customers);
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Messages).Select(_ => workload.Next().ToJson()));
        await using var replay = await ServerProcess.Listen("replay", file, "--data", data.Path, "--speed", "1", "--serve");

        var exit = await replay.Interrupt();

        exit.ShouldBe(130, replay.Output);
        replay.Output.ShouldContain("Stopped before the end.");
        replay.Output.ShouldNotContain("Unhandled exception");
        (await ServerProcess.Run("audit", "--data", data.Path)).Exit.ShouldBe(0);
    }
}
