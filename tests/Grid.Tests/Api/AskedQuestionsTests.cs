using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grid.Api.Segments;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class AskedQuestionsTests
{
    [Theory]
    [InlineData("/v1/transitions?limit=0", "limit")]
    [InlineData("/v1/transitions?limit=1001", "limit")]
    [InlineData("/v1/transitions?limit=many", "limit")]
    [InlineData("/v1/transitions?after=x", "after")]
    [InlineData("/v1/transitions?after=1.2.x", "after")]
    [InlineData("/v1/transitions?after=99999", "after")]
    [InlineData("/v1/transitions?scheme=astrology", "scheme")]
    [InlineData("/v1/transitions?customer=%01", "customer")]
    [InlineData("/v1/transitions?layer=astrology", "layer")]
    [InlineData("/v1/transitions?scheme=lifecycle&layer=astrology", "layer")]
    [InlineData("/v1/transitions?direction=sideways", "direction")]
    [InlineData("/v1/customers/c1/explain", "scheme")]
    [InlineData("/v1/customers/c1/explain?scheme=astrology", "scheme")]
    [InlineData("/v1/rejects?after=-1", "after")]
    [InlineData("/v1/rejects?limit=", "limit")]
    public async Task WithAWrongParameterNameIt(string question, string parameter)
    {
        await using var grid = await GridApplication.Start();

        var problem = await Problem(grid, question, HttpStatusCode.BadRequest);

        problem.Text("place").ShouldBe(parameter);
        problem.Text("detail").ShouldContain(parameter);
    }

    [Theory]
    [InlineData("/v1/segments/astrology", "scheme")]
    [InlineData("/v1/customers/nobody", "customer")]
    [InlineData("/v1/customers/%01", "customer")]
    [InlineData("/v1/customers/nobody/explain?scheme=journey", "customer")]
    [InlineData("/v1/customers/nobody/forecast", "customer")]
    public async Task AboutTheUnknownSaySo(string question, string what)
    {
        await using var grid = await GridApplication.Start();

        var problem = await Problem(grid, question, HttpStatusCode.NotFound);

        problem.Text("place").ShouldBe(what);
    }

    [Fact]
    public async Task AboutSegmentsAnswerTheTruth()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 10; customer++) await grid.Order($"c{customer}");
        for (var customer = 0; customer < 4; customer++) await grid.Order($"c{customer}");
        await grid.Counted();

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments");

        var truth = GridApplication.Fold(await grid.Log());
        answer.GetProperty("population").GetInt64().ShouldBe(10);
        answer.Text("position").ShouldBe(grid.Ledger.Head.ToString());
        foreach (var scheme in answer.GetProperty("schemes").EnumerateArray())
        {
            var layers = scheme.GetProperty("counts").EnumerateArray().ToList();
            foreach (var layer in layers)
                layer.GetProperty("count").GetInt64().ShouldBe(truth.GetValueOrDefault((scheme.Text("scheme"), layer.Text("layer"))));
            layers.Sum(layer => layer.GetProperty("share").GetDouble()).ShouldBe(1, 1e-9);
        }
    }

    [Fact]
    public async Task AboutOneSegmentTellWhoMoved()
    {
        await using var grid = await GridApplication.Start();
        await grid.Browse("c1");
        await grid.Order("c1");
        await grid.Counted();

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/journey");

        var hour = answer.GetProperty("flows").GetProperty("hour").EnumerateArray().ToList();
        hour.Select(flow => (flow.GetProperty("from").GetString(), flow.Text("to"), flow.GetProperty("count").GetInt64()))
            .ShouldBe([(null, "new", 1), ("new", "first", 1)], ignoreOrder: true);
        var first = answer.GetProperty("counts").EnumerateArray().Single(layer => layer.Text("layer") == "first");
        first.GetProperty("share").GetDouble().ShouldBe(1);
    }

    [Fact]
    public void AboutFlowsAddUpTheSpansThatReachIntoTheQuestion()
    {
        const long now = 100 * MillisecondsPer.Day + 30_000;
        Flow[] flows =
        [
            new(now - 30_000, MillisecondsPer.Minute, "a", "b", 1),
            new(now - 90_000, MillisecondsPer.Minute, "a", "b", 2),
            new(now - 150_000, MillisecondsPer.Minute, "a", "b", 4),
            new(now - 30_000, MillisecondsPer.Hour, "a", "b", 1),
            new(now - 30_000 - 24 * MillisecondsPer.Hour, MillisecondsPer.Hour, "a", "b", 8),
            new(now - 30_000 - 25 * MillisecondsPer.Hour, MillisecondsPer.Hour, "a", "b", 16),
        ];

        var sums = SegmentFlows.From(flows, new Instant(now));

        sums.Minute.ShouldBe([new LayerFlow("a", "b", 3)]);
        sums.Hour.ShouldBe([new LayerFlow("a", "b", 7)]);
        sums.Day.ShouldBe([new LayerFlow("a", "b", 9)]);
    }

    [Theory]
    [InlineData("c1")]
    [InlineData("用户 1")]
    [InlineData("a/b")]
    [InlineData("a%2Fb?c#d")]
    public async Task AboutACustomerAnswerWhateverItsId(string id)
    {
        await using var grid = await GridApplication.Start();
        var at = grid.Now;
        var trait = new Trait("age", TraitValue.OfNumber(31));
        await grid.Record(id, new TraitsSet(at, MessageKey.From("t"), [trait]), new OrderPaid(at, MessageKey.From("o"), "o1", 120_00));
        var address = $"/v1/customers/{Uri.EscapeDataString(id)}";

        var view = await grid.Http.GetFromJsonAsync<JsonElement>(address);
        var explanation = await grid.Http.GetFromJsonAsync<JsonElement>($"{address}/explain?scheme=lifecycle");
        var forecast = await grid.Http.GetFromJsonAsync<JsonElement>($"{address}/forecast");

        view.Text("id").ShouldBe(id);
        view.GetProperty("totals").GetProperty("spend").GetInt64().ShouldBe(120_00);
        view.GetProperty("orders")[0].Text("orderId").ShouldBe("o1");
        view.GetProperty("traits")[0].GetProperty("value").GetDecimal().ShouldBe(31);
        var layer = view.GetProperty("layers").EnumerateArray().Single(layer => layer.Text("scheme") == "lifecycle");
        layer.Text("layer").ShouldBe("new");
        explanation.Text("layer").ShouldBe("new");
        explanation.GetProperty("decidedBy").GetProperty("holds").GetBoolean().ShouldBeTrue();
        var lapse = forecast.GetProperty("transitions").EnumerateArray().First(transition => transition.Text("scheme") == "lifecycle");
        lapse.Text("to").ShouldBe("lost");
        lapse.Text("at").ShouldBe(at.Plus(90 * MillisecondsPer.Day).ToString());
        layer.Text("nextAt").ShouldBe(lapse.Text("at"));
    }

    [Fact]
    public async Task AboutTransitionsLeadThroughTheWholeLogPageByPage()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 30; customer++) await grid.Order($"c{customer}");
        var seen = new List<string>();
        var position = "0";
        while (true)
        {
            var page = await grid.Http.GetFromJsonAsync<JsonElement>($"/v1/transitions?after={position}&limit=17&scheme=lifecycle");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("position")));
            if (page.Text("position") == position) break;
            position = page.Text("position");
        }

        var wanted = (await grid.Log()).Where(item => item.Transition.Scheme == "lifecycle").Select(item => $"{item.Sequence}");
        seen.ShouldBe(wanted);
        position.ShouldBe(grid.Ledger.Head.ToString());
    }

    [Fact]
    public async Task AboutSchemesListEveryLayerByRank()
    {
        await using var grid = await GridApplication.Start();

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/schemes");

        answer.GetProperty("rulebook").GetInt32().ShouldBe(1);
        answer.GetProperty("currency").Text("code").ShouldBe("CNY");
        var journey = answer.GetProperty("schemes").EnumerateArray().Single(scheme => scheme.Text("id") == "journey");
        journey.GetProperty("name").Text("zh").ShouldBe("用户旅程");
        journey.GetProperty("layers").EnumerateArray().Select(layer => (layer.Text("id"), layer.GetProperty("rank").GetInt32()))
            .ShouldBe([("new", 0), ("first", 1), ("repeat", 2), ("super", 3)]);
    }

    [Fact]
    public async Task AboutTheBaselineShowItsCutsAsWhatTheyCut()
    {
        await using var grid = await GridApplication.Start();
        (await grid.Http.GetFromJsonAsync<JsonElement>("/v1/baselines")).GetProperty("asOf").ValueKind.ShouldBe(JsonValueKind.Null);
        for (var customer = 0; customer < 10; customer++) await grid.Order($"c{customer}", (customer + 1) * 100);
        await grid.PublishBaseline();

        var answer = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/baselines");

        answer.GetProperty("number").GetInt32().ShouldBe(1);
        var spend = answer.GetProperty("cuts").EnumerateArray().Single(cut => cut.Text("id") == "rank spend(90d) of 90d");
        spend.GetProperty("n").GetInt64().ShouldBe(10);
        spend.GetProperty("values").EnumerateArray().Select(value => value.GetString()).ShouldBe(["3.00", "5.00", "7.00", "9.00"]);
        spend.GetProperty("scoreSum").GetInt64().ShouldBe(30);
    }

    [Fact]
    public async Task ForAnAuditRecountEveryone()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 10; customer++) await grid.Order($"c{customer}");

        var response = await grid.Http.PostAsync("/v1/audit", null);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        report.GetProperty("customers").GetInt64().ShouldBe(10);
        report.GetProperty("difference").GetInt64().ShouldBe(0);
        report.GetProperty("wrongLayers").GetInt64().ShouldBe(0);
        report.GetProperty("schemes").GetArrayLength().ShouldBe(ShippedSchemes.Schemes().Count());
    }

    [Fact]
    public async Task AboutRejectsShowWhatWasSentAndWhy()
    {
        await using var grid = await GridApplication.Start();
        foreach (var reason in new[] { "first", "second", "third" })
            await grid.Ledger.Reject([new Reject(grid.Now, "c1", null, reason, "batch[0].timestamp", Encoding.UTF8.GetBytes("{\"a\":1}"))]);

        var first = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/rejects?limit=2");
        var rest = await grid.Http.GetFromJsonAsync<JsonElement>($"/v1/rejects?after={first.Text("position")}");

        var shown = first.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).ToList();
        shown.Select(reject => reject.Text("reason")).ShouldBe(["first", "second", "third"]);
        shown.ShouldAllBe(reject => reject.Text("raw") == "{\"a\":1}" && reject.Text("place") == "batch[0].timestamp");
    }

    private static async Task<JsonElement> Problem(GridApplication grid, string question, HttpStatusCode status)
    {
        var response = await grid.Http.GetAsync(question);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        return problem;
    }
}
