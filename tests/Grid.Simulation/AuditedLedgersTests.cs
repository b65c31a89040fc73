using System.Security.Cryptography;
using System.Text;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>The command that recounts changes no byte of a ledger, and finds no difference in it, however the last process ended.</summary>
public sealed class AuditedLedgersTests(ITestOutputHelper output)
{
    private const int Customers = 2_000;
    private const int KillsInPublications = 7;

    [Fact]
    public async Task StayAsTheyAreAfterEachEnd()
    {
        using var data = new DataFolder();
        await using (var server = await Server(data))
        {
            await Audited(data, server, "empty");
        }

        var loader = new Loader(new Workload(new Random(5), TimeProvider.System.GetUtcNow(), Customers), new Random(5));
        await using (var server = await Server(data))
        {
            await loader.SendUntilKilled(server.Http, 120, () => { });
            (await server.Interrupt()).ShouldBe(0, server.Output);
            await Unchanged(data, "stopped");
        }

        await using (var server = await Server(data))
        {
            await loader.SendUntilKilled(server.Http, 20, server.Kill);
            await Unchanged(data, "killed under load");
        }

        var random = new Random(7);
        for (var kill = 0; kill < KillsInPublications; kill++)
        {
            await using var server = await Server(data);
            var publishing = Publish(server.Http, bound: 2 + kill);
            for (var requests = random.Next(120); requests > 0 && !publishing.IsCompleted; requests--)
                await server.Http.GetStringAsync("/v1/rulebooks");
            await Audited(data, server, $"killed in publication {kill + 1}");
            await publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    [Fact]
    public async Task OfAReplayAreJudgedAtItsOwnInstant()
    {
        using var data = new DataFolder();
        var file = data.File("orders.csv");
        await File.WriteAllLinesAsync(file, ["customer_id,order_id,occurred_at,amount", "A,a1,2011-01-01T00:00:00Z,1000", "B,b1,2011-04-01T00:30:00Z,1000"]);
        var schemes = Directory.CreateDirectory(data.File("schemes")).FullName;
        await File.WriteAllTextAsync(Path.Combine(schemes, "buyers.yaml"), Scheme(2));
        (await ServerProcess.Run("replay", file, "--data", data.Path, "--schemes", schemes)).Exit.ShouldBe(0);

        var report = await Unchanged(data, "replayed");

        report.ShouldContain("as of 2011-04-01T00:30:00.000Z");
        await using var server = await Server(data);
        (await server.Http.GetStringAsync("/v1/rulebooks")).ShouldNotContain("\"number\":2");
    }

    private static Task<ServerProcess> Server(DataFolder data) => ServerProcess.Listen("serve", "--data", data.Path);

    private async Task Audited(DataFolder data, ServerProcess server, string state)
    {
        server.Kill();
        await Unchanged(data, state);
    }

    private async Task<string> Unchanged(DataFolder data, string state)
    {
        var before = Checksum(data);
        var (exit, report) = await ServerProcess.Run("audit", "--data", data.Path);
        exit.ShouldBe(0, $"{state}: {report}");
        report.ShouldContain("difference between counts and recount: 0", customMessage: state);
        Checksum(data).ShouldBe(before, state);
        output.WriteLine($"{state}: {report.ReplaceLineEndings("; ")}");
        return report;
    }

    /// <summary>A line of name and hash for each file of a ledger.</summary>
    private static string Checksum(DataFolder data) => string.Join('\n', Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).Order()
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    private static async Task Publish(HttpClient http, int bound)
    {
        var files = $$"""{ "author": "test", "replace": [{ "file": "buyers.yaml", "yaml": {{System.Text.Json.JsonSerializer.Serialize(Scheme(bound))}} }] }""";
        using var body = new StringContent(files, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/v1/rulebooks", body);
        response.EnsureSuccessStatusCode();
    }

    private static string Scheme(int bound) => $$"""
        id: buyers
        name: { zh: 买家, en: Buyers }
        description: { zh: 按订单数, en: By orders }
        layers:
          - { id: few, name: { zh: 少, en: Few }, playbook: { zh: 一, en: one } }
          - { id: many, name: { zh: 多, en: Many }, playbook: { zh: 二, en: two } }
        rules:
          - { layer: many, when: orders(all) >= {{bound}} }
          - { layer: few }
        """;
}
