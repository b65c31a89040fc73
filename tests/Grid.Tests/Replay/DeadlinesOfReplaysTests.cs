using System.Globalization;
using Grid.Model.Time;
using Grid.Server.Configuration;
using Grid.Server.Replay;
using Grid.Testing;
using Shouldly;
using Xunit;

namespace Grid.Tests.Replay;

/// <summary>A replay passes each customer's deadlines between its events, however it groups the work.</summary>
public sealed class DeadlinesOfReplaysTests : IDisposable
{
    private const string Header = "customer_id,order_id,occurred_at,amount";

    private const string Grace = """
        id: g
        name: { zh: 甲, en: G }
        description: { zh: 一周内两单, en: Two orders in a week }
        grace: 7d
        layers:
          - { id: low, name: { zh: 低, en: Low }, playbook: { zh: 一, en: one } }
          - { id: mid, name: { zh: 中, en: Mid }, playbook: { zh: 二, en: two } }
        rules:
          - { layer: mid, when: orders(7d) >= 2 }
          - { layer: low }
        """;

    private readonly DataFolder _data = new();
    private int _replays;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ComeAfterEarlierEventsOfTheSameStep()
    {
        var log = await Replay(["A,a1,2011-01-01T00:00:00Z,1000", "A,a2,2011-03-31T23:50:00Z,1000", "B,b1,2011-04-01T00:30:00Z,1000"]);

        log.Where(line => line.Contains(",A,lifecycle,", StringComparison.Ordinal)).ShouldBe(
        [
            "2011-01-01T00:00:00.000Z,A,lifecycle,,new,entry,event",
            "2011-03-31T23:50:00.000Z,A,lifecycle,new,loyal,upgrade,event",
        ]);
    }

    [Fact]
    public async Task OfOneCustomerDoNotDependOnEventsOfOthers()
    {
        string[] rows = ["A,a1,2011-01-01T00:10:00Z,1000", "A,a2,2011-01-08T00:05:00Z,1000", "B,b1,2011-01-08T00:30:00Z,1000"];

        var alone = await Replay(rows[..2], until: "2011-01-10", schemes: Grace);
        var together = await Replay(rows, until: "2011-01-10", schemes: Grace);

        together.Where(line => !line.Contains(",B,", StringComparison.Ordinal)).ShouldBe(alone);
        alone[1..].ShouldBe(["2011-01-01T00:10:00.000Z,A,g,,low,entry,event", "2011-01-08T00:05:00.000Z,A,g,low,mid,upgrade,event"]);
    }

    [Fact]
    public async Task GiveTheSameLogAtAnySpeedAndNoLateEvent()
    {
        var random = new Random(20_261_130);
        var start = new DateTime(2011, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var instants = Enumerable.Range(0, 1_500).Select(_ => start.AddMilliseconds(random.NextInt64(100 * MillisecondsPer.Day))).Order();
        var rows = instants.Select((at, number) => string.Create(
            CultureInfo.InvariantCulture, $"c{random.Next(200)},o{number},{at:yyyy-MM-ddTHH:mm:ss.fffZ},{random.Next(1, 500)}")).ToList();

        var quick = await Replay(rows);
        var paced = await Replay(rows, speed: 100 * 86_400 / 2.0);
        var slower = await Replay(rows, speed: 100 * 86_400 / 5.0);

        paced.ShouldBe(quick);
        slower.ShouldBe(quick);
        quick.ShouldNotContain(line => line.EndsWith(",late event", StringComparison.Ordinal));
        quick.ShouldContain(line => line.Contains(",baseline #", StringComparison.Ordinal));
    }

    /// <returns>The lines of the log that the replay writes.</returns>
    private async Task<string[]> Replay(IReadOnlyList<string> rows, string? until = null, double? speed = null, string? schemes = null)
    {
        var folder = Directory.CreateDirectory(_data.File($"replay {++_replays}")).FullName;
        var (file, log) = (Path.Combine(folder, "orders.csv"), Path.Combine(folder, "log.csv"));
        await File.WriteAllLinesAsync(file, [Header, .. rows], TestContext.Current.CancellationToken);
        var options = new GridOptions
        {
            Data = Path.Combine(folder, "data"),
            Listen = "http://127.0.0.1:0",
            BaselineInterval = TimeSpan.FromDays(1),
        };
        if (schemes is not null)
        {
            options.Schemes = Directory.CreateDirectory(Path.Combine(folder, "schemes")).FullName;
            await File.WriteAllTextAsync(Path.Combine(options.Schemes, "g.yaml"), schemes, TestContext.Current.CancellationToken);
        }

        var request = new ReplayRequest([file], ReplayRequest.Until(until), speed, Serve: false, Dump: null, log);
        (await ReplayRun.Run(options, request, TestContext.Current.CancellationToken)).ShouldBe(0);
        return await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
    }
}
