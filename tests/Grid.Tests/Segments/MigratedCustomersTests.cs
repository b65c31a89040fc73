using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

public sealed class MigratedCustomersTests
{
    private const long Lapse = 90 * MillisecondsPer.Day;
    private static readonly string[] Layers = ["lost", "potential", "new", "loyal"];

    // The arrival and the orders of each customer; the layers of lifecycle at any instant follow from these alone.
    private readonly Dictionary<string, (Instant Joined, List<Instant> Orders)> _lives = [];

    [Theory]
    [InlineData(60, 170, 1)]
    [InlineData(100, 199, 2)]
    [InlineData(0, 120, 3)]
    public async Task AreWhereTheirLivesPutThem(int fromDay, int toDay, int seed)
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock);
        await Live(grid, clock, new Random(seed));
        var (from, to) = (At(fromDay), At(toDay));

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>($"/v1/segments/lifecycle/migration?from={from}&to={to}");

        var cells = _lives.Values.Select(life => (Before: LayerAt(life, from), After: LayerAt(life, to))).ToList();
        var known = cells.Where(cell => cell.Before is not null).ToList();
        answer.GetProperty("matrix").EnumerateArray()
            .Select(cell => (cell.Text("from"), cell.Text("to"), cell.GetProperty("count").GetInt32()))
            .ShouldBe(known.GroupBy(cell => cell).Select(group => (group.Key.Before!, group.Key.After!, group.Count())), ignoreOrder: true);
        answer.GetProperty("arrivals").EnumerateArray().Select(cell => (cell.Text("to"), cell.GetProperty("count").GetInt32()))
            .ShouldBe(
                cells.Where(cell => cell is (null, not null)).GroupBy(cell => cell.After).Select(group => (group.Key!, group.Count())),
                ignoreOrder: true);
        var staying = known.Where(cell => cell.Before != "lost").ToList();
        var lapsed = known.Where(cell => cell.Before == "lost").ToList();
        Number(answer, "retention").ShouldBe(Share(staying.Count(cell => cell.After != "lost"), staying.Count));
        Number(answer, "recall").ShouldBe(Share(lapsed.Count(cell => cell.After != "lost"), lapsed.Count));
        foreach (var (layer, name) in answer.GetProperty("layers").EnumerateArray().Zip(Layers))
        {
            layer.Text("layer").ShouldBe(name);
            layer.GetProperty("before").GetInt32().ShouldBe(known.Count(cell => cell.Before == name));
            layer.GetProperty("after").GetInt32().ShouldBe(cells.Count(cell => cell.After == name));
            Number(layer, "retention").ShouldBe(
                Share(known.Count(cell => cell == (name, name)), known.Count(cell => cell.Before == name)));
        }
    }

    [Fact]
    public async Task OfASchemeWithoutLapsedLayersAreNeitherRetainedNorRecalled()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("c1");
        var from = grid.Now;

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>($"/v1/segments/journey/migration?from={from}");

        Number(answer, "retention").ShouldBeNull();
        Number(answer, "recall").ShouldBeNull();
        answer.GetProperty("layers").EnumerateArray().Single(layer => layer.Text("layer") == "first")
            .GetProperty("retention").GetDouble().ShouldBe(1);
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("from=then", "from")]
    [InlineData("from=2026-06-01&to=2026-05-01", "to")]
    [InlineData("from=2026-06-01&to=9999-01-01", "to")]
    public async Task AreNotFoundBetweenWrongInstants(string query, string parameter)
    {
        await using var grid = await GridApplication.Start();

        var response = await grid.Http.GetAsync($"/v1/segments/journey/migration?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("place").ShouldBe(parameter);
    }

    /// <summary>200 days in which customers arrive, buy and stay away; at the end all are woken, so that transitions are recorded late.</summary>
    private async Task Live(GridApplication grid, SimulatedClock clock, Random chance)
    {
        for (var day = 0; day <= 200; day += 4)
        {
            clock.AdvanceTo(SomeBuyers.Noon.AddDays(day));
            for (var arrival = 0; arrival < 2; arrival++)
            {
                var customer = $"c{_lives.Count}";
                _lives.Add(customer, (grid.Now, []));
                await grid.Browse(customer);
            }

            foreach (var (customer, life) in _lives)
            {
                if (chance.Next(12) != 0) continue;
                life.Orders.Add(grid.Now);
                await grid.Order(customer);
            }
        }

        foreach (var customer in _lives.Keys) await grid.Of<IGrainFactory>().Customer(new CustomerId(customer)).Advance(0, 0);
    }

    private static string? LayerAt((Instant Joined, List<Instant> Orders) life, Instant at)
    {
        if (life.Joined > at) return null;
        var orders = life.Orders.Where(order => order <= at).ToList();
        if (orders.Count == 0) return "potential";
        if (at.Milliseconds - orders.Max(order => order.Milliseconds) >= Lapse) return "lost";
        return orders.Count == 1 ? "new" : "loyal";
    }

    private static Instant At(int day) => Instant.From(SomeBuyers.Noon.AddDays(day));

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private static double? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: not JsonValueKind.Null } number ? number.GetDouble() : null;
}
