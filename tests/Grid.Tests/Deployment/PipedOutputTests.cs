using System.Text;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>What the commands print into a file or a pipe: plain lines of any length.</summary>
public sealed class PipedOutputTests
{
    [Fact]
    public async Task OfCommandsIsPlainAndNotWrapped()
    {
        using var data = new DataFolder();
        var folder = Directory.CreateDirectory(Path.Combine(data.Path, new string('f', 100))).FullName;
        var file = Path.Combine(folder, "orders.csv");
        await File.WriteAllTextAsync(
            file, "customer_id,order_id,occurred_at,amount\na,1,2020-01-01T00:00:00Z,500\na,2,someday,500\n", Encoding.UTF8, CancellationToken.None);
        var ledger = Path.Combine(data.Path, "ledger");

        var (exit, replayed) = await ServerProcess.Run("replay", file, "--data", ledger);

        exit.ShouldBe(0, replayed);
        Lines(replayed).ShouldContain($"  rejected {file}:3: occurred_at: it is no ISO 8601 instant");
        Lines(replayed).ShouldContain(line => line.StartsWith("1 events accepted, 0 duplicates, 1 rejected, as of ", StringComparison.Ordinal));
        replayed.ShouldNotContain('\u001b');
        replayed.ShouldNotContain('%');

        var (_, audited) = await ServerProcess.Run("audit", "--data", ledger);
        Lines(audited).ShouldContain("difference between counts and recount: 0");
        audited.ShouldNotContain('\u001b');

        var (_, help) = await ServerProcess.Run("replay", "--help");
        help.ShouldContain("Replay recorded events; the clock follows their time and deadlines fire between them.");
        help.ShouldNotContain('\u001b');
    }

    private static string[] Lines(string output) => output.Split(Environment.NewLine);
}
