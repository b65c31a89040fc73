using Grid.Model.Time;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>A replay killed with <c>kill -9</c> and started again with the same files on the same data.</summary>
public sealed class KilledReplaysTests
{
    private const int Events = 2_000;
    private const int Customers = 400;

    [Fact]
    public async Task WriteTheLogOfOneThatWasNot()
    {
        using var data = new DataFolder();
        var file = data.File("orders.csv");
        await File.WriteAllLinesAsync(file, Orders());
        (await ServerProcess.Run(Replay("whole"))).Exit.ShouldBe(0);

        foreach (var share in new[] { 0.2, 0.7 })
        {
            await using var killed = await ServerProcess.Listen([.. Replay("cut"), "--serve"]);
            while (await killed.Metric("grid_customers") < share * Customers)
            {
                // Each request is a look at how far the replay has come.
            }

            killed.Kill();
        }

        var resumed = await ServerProcess.Run(Replay("cut"));

        resumed.Exit.ShouldBe(0, resumed.Output);
        resumed.Output.ShouldContain("duplicates");
        (await File.ReadAllLinesAsync(data.File("cut.csv"))).ShouldBe(await File.ReadAllLinesAsync(data.File("whole.csv")));

        string[] Replay(string name) => ["replay", file, "--data", Directory.CreateDirectory(data.File(name)).FullName, "--log", data.File($"{name}.csv")];
    }

    /// <summary>Ordered by time; new customers come during all of it.</summary>
    private static IEnumerable<string> Orders()
    {
        var random = new Random(2011);
        var start = new DateTime(2011, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        yield return "customer_id,order_id,occurred_at,amount";
        for (var number = 0; number < Events; number++)
        {
            var at = start.AddMilliseconds(number * (120 * MillisecondsPer.Day / Events) + random.Next(60_000));
            var customer = random.Next((Customers * number / Events) + 1);
            yield return FormattableString.Invariant($"c{customer},o{number},{at:yyyy-MM-ddTHH:mm:ss.fffZ},{random.Next(1, 300)}");
        }
    }
}
