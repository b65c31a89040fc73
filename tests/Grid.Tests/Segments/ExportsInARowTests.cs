using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains.Clocks;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

/// <summary>Consecutive exports, each requested as soon as the one before has been read.</summary>
public sealed class ExportsInARowTests
{
    [Fact]
    public async Task AllFindTheirPlaceFree()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 20; customer++) await grid.Browse($"c{customer}");
        for (var export = 0; export < 300; export++)
        {
            using var answer = await grid.Http.GetAsync("/v1/segments/journey/export", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"export {export}");
        }
    }

    [Fact]
    public async Task SayFavouritesAndPlans()
    {
        await using var grid = await GridApplication.Start(time: new SimulatedClock(SomeBuyers.Noon));
        var now = grid.Now;
        await grid.Record(
            "a",
            new OrderPaid(now.Plus(-50 * MillisecondsPer.Day), MessageKey.From("a1"), "a1", 10_00, "hats", "shop"),
            new OrderPaid(now.Plus(-40 * MillisecondsPer.Day), MessageKey.From("a2"), "a2", 10_00, "hats", "shop"),
            new OrderPaid(now, MessageKey.From("a3"), "a3", 10_00, "shoes", "app"),
            new PlanPurchased(now, MessageKey.From("a4"), "gold", now.Plus(MillisecondsPer.Day)));
        await grid.Browse("b");
        const string Columns = "customer,favouriteCategory,favouriteCategory(30d),favouriteChannel,favouriteSeason(30d),plan";

        var csv = await grid.Http.GetStringAsync(
            $"/v1/segments/journey/export?format=csv&columns={Columns}", TestContext.Current.CancellationToken);

        csv.ReplaceLineEndings("\n").ShouldBe($"{Columns}\na,hats,shoes,shop,summer,gold\nb,,,,,\n");
    }

    [Theory]
    [InlineData("trait", "trait.<name>")]
    [InlineData("topPercent(spend)", "'topPercent(spend)' is no column. There are")]
    [InlineData("favouriteCategory(fortnight)", "fortnight")]
    [InlineData("favouriteCategory(30d, 60d)", "favouriteCategory(365d)")]
    public async Task DoNotNameAsAMetricWhatIsRefused(string column, string said)
    {
        await using var grid = await GridApplication.Start();

        var answer = await grid.Http.GetAsync(
            $"/v1/segments/journey/export?columns={Uri.EscapeDataString(column)}", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var detail = problem.Text("detail")!;
        detail.ShouldContain(said);
        detail.ShouldNotContain("there is no metric");
    }
}
