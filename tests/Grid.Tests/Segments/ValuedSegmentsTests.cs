using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Api.Segments.Values;
using Grid.Grains.Clocks;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

public sealed class ValuedSegmentsTests
{
    [Theory]
    [InlineData("pyramid", "90d", 90)]
    [InlineData("lifecycle", "30d", 30)]
    [InlineData("journey", "all", 4_000)]
    public async Task AddUpWhatTheirMembersBroughtIn(string scheme, string window, int days)
    {
        var buyers = new SomeBuyers(days);
        await using var grid = await GridApplication.Start(time: buyers.Clock);
        await buyers.Fill(grid, 150);
        await grid.PublishBaseline();
        var after = buyers.Now.Plus(-days * MillisecondsPer.Day);

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>($"/v1/segments/{scheme}/value?window={window}");

        answer.Text("position").ShouldBe(grid.Ledger.Head.ToString());
        answer.Text("asOf").ShouldBe(buyers.Now.ToString());
        answer.GetProperty("population").GetInt64().ShouldBe(150);
        var all = buyers.Customers.Sum(customer => buyers.SpendOf(customer, after));
        answer.GetProperty("revenue").GetInt64().ShouldBe(all);
        var members = await MembersOf(grid, scheme);
        foreach (var layer in answer.GetProperty("layers").EnumerateArray())
        {
            var here = members.Where(member => member.Value == layer.Text("layer")).Select(member => member.Key).ToList();
            var revenue = here.Sum(customer => buyers.SpendOf(customer, after));
            var orders = here.Sum(customer => buyers.OrdersOf(customer, after));
            var intervals = here.Select(buyers.IntervalOf).OfType<long>().Order().ToList();
            layer.GetProperty("members").GetInt64().ShouldBe(here.Count);
            layer.GetProperty("share").GetDouble().ShouldBe(here.Count / 150d, 1e-12);
            layer.GetProperty("revenue").GetInt64().ShouldBe(revenue);
            layer.GetProperty("revenueShare").GetDouble().ShouldBe((double)revenue / all, 1e-12);
            layer.GetProperty("orders").GetInt64().ShouldBe(orders);
            Number(layer, "averageOrderValue").ShouldBe(orders == 0 ? null : (long)Math.Floor((decimal)revenue / orders));
            layer.GetProperty("membersWithInterval").GetInt64().ShouldBe(intervals.Count);
            Number(layer, "medianOrderInterval").ShouldBe(intervals.Count == 0 ? null : intervals[(intervals.Count - 1) / 2]);
        }

        members.Count.ShouldBe(150);
        answer.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("members").GetInt64()).ShouldBe(150);
    }

    [Fact]
    public async Task SayWhatTheTopFifthOfBuyersBroughtInWithTies()
    {
        await using var grid = await GridApplication.Start();
        await grid.Browse("looker");
        long[] spends = [900, 500, 500, 400, 100, 100, 100, 50, 50, 50];
        for (var buyer = 0; buyer < spends.Length; buyer++) await grid.Order($"c{buyer}", spends[buyer]);

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/journey/value");

        var top = answer.GetProperty("top");
        top.GetProperty("percent").GetInt32().ShouldBe(20);
        top.GetProperty("buyers").GetInt64().ShouldBe(10);
        top.GetProperty("nominal").GetInt64().ShouldBe(2);
        top.GetProperty("withTies").GetInt64().ShouldBe(3);
        top.GetProperty("threshold").GetInt64().ShouldBe(500);
        top.GetProperty("revenue").GetInt64().ShouldBe(1900);
        top.GetProperty("revenueShare").GetDouble().ShouldBe(1900d / 2750, 1e-12);
    }

    [Fact]
    public async Task AreHeldAgainstTheirGuidance()
    {
        await using var grid = await GridApplication.Start();
        for (var buyer = 0; buyer < 5; buyer++) await grid.Order($"c{buyer}", buyer == 0 ? 400_00 : 150_00);
        for (var looker = 0; looker < 5; looker++) await grid.Browse($"l{looker}");
        await grid.PublishBaseline();

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/pyramid/value?window=365d");

        var layers = answer.GetProperty("layers").EnumerateArray().ToDictionary(layer => layer.Text("layer"), layer => layer);
        Held(layers["high-value"]).ShouldBe((0.1, 0.2, true, 0.35, 0.55, true));
        Held(layers["core"]).ShouldBe((0.2, 0.4, true, 0.3, 0.45, false));
        Held(layers["general"]).ShouldBe((0.3, 0.5, true, 0.15, 0.2, false));
        layers["high-value"].GetProperty("revenueShare").GetDouble().ShouldBe(0.4);
    }

    [Fact]
    public async Task CountTheDaysOfTheirOwnCalendar()
    {
        // It is noon in Shanghai: the day began there at 16:00 of the previous day in UTC.
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock, schemes: [Written.Calendar("Asia/Shanghai")]);
        var midnight = grid.Now.Plus(-12 * MillisecondsPer.Hour);
        await grid.Record("c1", new OrderPaid(midnight, MessageKey.From("a"), "a", 7));
        await grid.Record("c2", new OrderPaid(midnight.Plus(-1), MessageKey.From("b"), "b", 100));

        var today = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/local/value?window=1d");
        var wrong = await grid.Http.GetAsync("/v1/segments/local/value?window=36h");

        today.GetProperty("revenue").GetInt64().ShouldBe(7);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadFromJsonAsync<JsonElement>()).Text("place").ShouldBe("window");
    }

    [Fact]
    public async Task AreReadAgainOnlyAfterSomeSeconds()
    {
        await using var grid = await GridApplication.Start();
        var time = new SimulatedClock(SomeBuyers.Noon);
        var values = new SegmentValues(grid.Of<PopulationScan>(), grid.Of<CurrentRules>(), time);
        await grid.Order("c1");
        var first = await values.Read("journey", Window.All, CancellationToken.None);
        await grid.Order("c2");

        var second = await values.Read("journey", Window.All, CancellationToken.None);
        var other = await values.Read("lifecycle", Window.All, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(60));
        var third = await values.Read("journey", Window.All, CancellationToken.None);

        second.ShouldBeSameAs(first);
        other!.Population.ShouldBe(2);
        third!.Population.ShouldBe(2);
    }

    [Fact]
    public async Task OfNobodyHaveNoShares()
    {
        await using var grid = await GridApplication.Start();

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/pyramid/value");

        var general = answer.GetProperty("layers")[0];
        general.GetProperty("share").ValueKind.ShouldBe(JsonValueKind.Null);
        general.GetProperty("guidance").GetProperty("customers").GetProperty("holds").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("top").GetProperty("threshold").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    /// <summary>The layer of each customer, from the log.</summary>
    private static async Task<Dictionary<string, string>> MembersOf(GridApplication grid, string scheme)
    {
        var members = new Dictionary<string, string>();
        foreach (var item in await grid.Log())
            if (item.Transition.Scheme == scheme)
                members[item.Transition.Customer.Value] = item.Transition.To!;
        return members;
    }

    private static long? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: not JsonValueKind.Null } number ? number.GetInt64() : null;

    private static (double, double, bool, double, double, bool) Held(JsonElement layer)
    {
        var guidance = layer.GetProperty("guidance");
        var (customers, revenue) = (guidance.GetProperty("customers"), guidance.GetProperty("revenue"));
        return (
            customers.GetProperty("from").GetDouble(), customers.GetProperty("to").GetDouble(), customers.GetProperty("holds").GetBoolean(),
            revenue.GetProperty("from").GetDouble(), revenue.GetProperty("to").GetDouble(), revenue.GetProperty("holds").GetBoolean());
    }
}
