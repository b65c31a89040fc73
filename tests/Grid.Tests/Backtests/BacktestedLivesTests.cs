using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains.Clocks;
using Grid.Grains.Rules;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Testing;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Backtests;

/// <summary>A generated population whose layers were counted at each instant, compared with a backtest from the end.</summary>
public sealed class BacktestedLivesTests(ITestOutputHelper output)
{
    private const int Customers = 150;
    private const int Days = 120;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // Their conditions read only facts that keep their history: orders, activity, and cut-offs over both.
    private static readonly string[] Schemes = ["lifecycle", "rfm8", "value3", "frequency3", "engagement", "pyramid", "rfm8-bands"];

    [Fact]
    public async Task HaveTheCountsOfThen()
    {
        var clock = new SimulatedClock(Start);

        // A backtest derives the cut-offs of each instant exactly.
        var schemes = ExactSchemes.Files().Select(file => new SchemeSource(file.Name, file.Yaml)).ToList();
        await using var grid = await GridApplication.Start(time: clock, schemes: schemes);
        var random = new Random(11);
        var then = new List<(Instant At, Dictionary<(string Scheme, string Layer), long> Counts)>();
        for (var day = 0; day < Days; day++)
        {
            for (var customer = 0; customer < Customers; customer++) await Live(grid, $"c{customer:D3}", day, random);
            clock.AdvanceTo(Start.AddDays(day).AddHours(11));
            if (day % 10 != 9) continue;
            var everyone = Enumerable.Range(0, Customers).Select(customer => new CustomerId($"c{customer:D3}"));
            await grid.Wake(everyone);
            await grid.PublishBaseline();
            then.Add((grid.Now, GridApplication.Fold(await grid.Log())));
            clock.AdvanceTo(Start.AddDays(day + 1));
        }

        var answer = await grid.Http.PostAsJsonAsync(
            "/v1/schemes/backtest", new { from = then[0].At.ToString(), to = then[^1].At.ToString(), every = "10d", schemes = Schemes });
        var backtest = await answer.Content.ReadFromJsonAsync<JsonElement>();

        backtest.GetProperty("instants").EnumerateArray().Select(at => at.GetString()).ShouldBe(then.Select(one => one.At.ToString()));
        backtest.GetProperty("detail").Text("since").ShouldBe(then[0].At.ToString());
        foreach (var scheme in backtest.GetProperty("schemes").EnumerateArray())
            foreach (var layer in scheme.GetProperty("layers").EnumerateArray())
                for (var index = 0; index < then.Count; index++)
                    layer.GetProperty("counts")[index].GetInt64().ShouldBe(
                        then[index].Counts.GetValueOrDefault((scheme.Text("scheme")!, layer.Text("layer")!)),
                        $"{scheme.Text("scheme")} {layer.Text("layer")} at {then[index].At}");
        backtest.GetProperty("schemes").GetArrayLength().ShouldBe(Schemes.Length);
        ShouldFlow(backtest);
        output.WriteLine($"{then.Count} instants, {then[^1].Counts.Count} layers compared");
    }

    [Fact]
    public async Task AreRefusedForTooManyInstants()
    {
        await using var grid = await GridApplication.Start();
        var answer = await grid.Http.PostAsJsonAsync("/v1/schemes/backtest", new { from = "2020-01-01T00:00:00Z", to = "2026-01-01T00:00:00Z" });
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("place").ShouldBe("every");
    }

    /// <summary>Checks that each size is the previous one plus arrivals less departures.</summary>
    private static void ShouldFlow(JsonElement backtest)
    {
        var instants = backtest.GetProperty("instants").EnumerateArray().Select(at => at.GetString()).ToList();
        foreach (var scheme in backtest.GetProperty("schemes").EnumerateArray())
        {
            var flows = scheme.GetProperty("flows").EnumerateArray().ToList();
            foreach (var layer in scheme.GetProperty("layers").EnumerateArray())
            {
                long size = 0;
                for (var index = 0; index < instants.Count; index++)
                {
                    var here = flows.Where(flow => flow.Text("at") == instants[index]).ToList();
                    size += here.Where(flow => flow.Text("to") == layer.Text("layer")).Sum(flow => flow.GetProperty("customers").GetInt64());
                    size -= here.Where(flow => flow.Text("from") == layer.Text("layer")).Sum(flow => flow.GetProperty("customers").GetInt64());
                    size.ShouldBe(layer.GetProperty("counts")[index].GetInt64());
                }
            }
        }
    }

    private static async Task Live(GridApplication grid, string customer, int day, Random random)
    {
        if (random.Next(25) != 0) return;
        var key = MessageKey.From($"{customer} {day}");
        await grid.Record(customer, random.Next(3) switch
        {
            0 => new Interacted(grid.Now, key, "comment-added"),
            1 => new Browsed(grid.Now, key, "tea", 20),
            _ => new OrderPaid(grid.Now, key, $"{customer}-{day}", random.Next(1_00, 500_00), "tea", "web", 1),
        });
    }
}
