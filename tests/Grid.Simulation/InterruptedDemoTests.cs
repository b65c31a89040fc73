using System.Globalization;
using Grid.Simulation.Auditing;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>The demo stopped by Ctrl-C and started again.</summary>
public sealed class InterruptedDemoTests(ITestOutputHelper output)
{
    private const int CustomersBefore = 100;

    [Fact]
    public async Task GoesOnWhereItStopped()
    {
        using var data = new DataFolder();
        string stopped;
        long known;
        await using (var first = await ServerProcess.Listen("demo", "--day", "0.5", "--data", data.Path))
        {
            var audit = new ServerAudit(first.Http);
            var report = await Patience.Until(audit.Recounts, one => one.Customers >= CustomersBefore, "the shop to have customers");
            (stopped, known) = (report.AsOf, report.Customers);
            (await first.Interrupt()).ShouldBe(0, first.Output);
        }

        (await ServerProcess.Run("audit", "--data", data.Path)).Exit.ShouldBe(0);
        await using var second = await ServerProcess.Listen("demo", "--day", "0.5", "--data", data.Path);
        var again = new ServerAudit(second.Http);
        var begin = await again.Recounts();
        At(begin.AsOf).ShouldBeGreaterThanOrEqualTo(At(stopped));
        begin.Customers.ShouldBeGreaterThanOrEqualTo(known);
        var later = await Patience.Until(again.Recounts, one => one.Customers > begin.Customers, "the shop to go on");
        output.WriteLine($"stopped at {stopped} with {known} customers, went on at {begin.AsOf}, {later.Customers} at {later.AsOf}");
        (await second.Interrupt()).ShouldBe(0, second.Output);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
