using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains.Clocks;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Segments;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class TransitionsOfACustomerTests
{
    [Fact]
    public async Task AreTheNewestFirstAndNobodyElses()
    {
        await using var grid = await GridApplication.Start(time: new SimulatedClock(SomeBuyers.Noon));
        await grid.Browse("other");
        await grid.Browse("one");
        await grid.Record("one", new OrderPaid(grid.Now, MessageKey.From("a"), "a", 10_00));
        await grid.Browse("other");

        var answer = await Ask(grid, "/v1/customers/one/transitions");

        var items = answer.GetProperty("items").EnumerateArray().ToList();
        items.ShouldAllBe(item => item.Text("customer") == "one");
        items.Count.ShouldBe(20);
        items[^1].Text("recordedAt").ShouldBe(answer.Text("since"));
        items[0].Text("direction").ShouldBe("change");
        items.Single(item => item.Text("scheme") == "lifecycle" && item.Text("to") == "new").Text("direction").ShouldBe("upgrade");
        var positions = items.ConvertAll(item => long.Parse(item.Text("position")));
        positions.ShouldBe(positions.OrderDescending());
    }

    [Fact]
    public async Task AreNotThereOfNobody()
    {
        await using var grid = await GridApplication.Start();
        (await grid.Http.GetAsync("/v1/customers/nobody/transitions")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AndTheEndOfATagIsItsNextDeadline()
    {
        await using var grid = await GridApplication.Start(time: new SimulatedClock(SomeBuyers.Noon));
        var until = grid.Now.Plus(MillisecondsPer.Hour);
        await grid.Record("one", new TagChanged(grid.Now, MessageKey.From("t"), "read-by-nobody", true, until));
        (await Ask(grid, "/v1/customers/one")).Text("nextDeadline").ShouldBe(until.ToString());
    }

    [Fact]
    public async Task AndAnExportForSpreadsheetsBeginsWithAMark()
    {
        await using var grid = await GridApplication.Start();
        await grid.Browse("one");
        var marked = await grid.Http.GetByteArrayAsync("/v1/segments/journey/export?format=csv&bom=true");
        marked[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var plain = await grid.Http.GetByteArrayAsync("/v1/segments/journey/export?format=csv");
        plain.ShouldBe(marked[3..]);
        (await grid.Http.GetAsync("/v1/segments/journey/export?format=csv&bom=maybe")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<JsonElement> Ask(GridApplication grid, string question) => grid.Http.GetFromJsonAsync<JsonElement>(question);
}
