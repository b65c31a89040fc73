using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains.Audits;
using Grid.Model.Facts;
using Grid.Model.Transitions;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

/// <summary>A rulebook published through the API, while customers are under the one before.</summary>
public sealed class PublishedRulebookTests
{
    private const int Customers = 60;

    private const string Buyers = """
        id: buyers
        name: { zh: 购买者, en: Buyers }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }
          - { id: many, name: { zh: 多次, en: Many }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: many, when: topPercent(spend) <= 10% }
          - { layer: rest }
        """;

    private const string Audience = """
        audience: new-fans
        name: { zh: 新粉, en: New fans }
        when: { all: ["layer(lifecycle) in [new, loyal]", orders >= 3] }
        """;

    [Fact]
    public async Task MovesEveryoneAndIsOneEntryOfTheHistory()
    {
        await using var grid = await Populated();
        var answer = await Publish(grid, new { replace = new[] { File("buyers", Buyers), File("new-fans", Audience) }, author = "ann", note = "try" });
        answer.GetProperty("rulebook").GetInt32().ShouldBe(2);
        await grid.Migrated();

        var rulebooks = await Ask(grid, "/v1/rulebooks");
        rulebooks.GetProperty("sweep").GetProperty("complete").GetBoolean().ShouldBeTrue();
        var latest = rulebooks.GetProperty("history")[0];
        (latest.Text("author"), latest.Text("note"), latest.Text("origin")).ShouldBe(("ann", "try", "api"));
        (await Counts(grid, "buyers")).ShouldBe(new() { ["rest"] = Customers - 6, ["many"] = 6 });
        (await Counts(grid, "new-fans")).ShouldBe(new() { ["out"] = 40, ["in"] = 20 });
        await ShouldAddUp(grid);
    }

    [Fact]
    public async Task RolledBackTakesItsSchemesWithIt()
    {
        await using var grid = await Populated();
        await Publish(grid, new { replace = new[] { File("buyers", Buyers) } });
        await grid.Migrated();

        var back = await grid.Http.PostAsync("/v1/rulebooks/1/publish?author=ben", null);
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        await grid.Migrated();
        await grid.Counted();

        var log = await grid.Log();
        log.Count(item => item.Transition is { Scheme: "buyers", Direction: Direction.Exit }).ShouldBe(Customers);
        GridApplication.Fold(log).Where(count => count.Key.Scheme == "buyers").ShouldAllBe(count => count.Value == 0);
        (await grid.Http.GetAsync("/v1/segments/buyers")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ShouldAddUp(grid);

        // Once more: the removed scheme returns with the right counts.
        await Publish(grid, new { replace = new[] { File("buyers", Buyers) } });
        await grid.Migrated();
        (await Counts(grid, "buyers")).ShouldBe(new() { ["rest"] = Customers - 6, ["many"] = 6 });
        await ShouldAddUp(grid);
    }

    [Fact]
    public async Task WithFaultsIsNotPublishedAndSaysEachInBothLanguages()
    {
        await using var grid = await Populated();
        var broken = Buyers.Replace("topPercent(spend)", "topPercent(luck)", StringComparison.Ordinal);
        var answer = await grid.Http.PostAsJsonAsync("/v1/rulebooks", new { replace = new[] { File("buyers", broken) } });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var fault = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("faults").EnumerateArray().ShouldHaveSingleItem();
        fault.Text("place").ShouldStartWith("buyers.yaml:8:");
        fault.GetProperty("message").Text("en").ShouldContain("luck");
        fault.GetProperty("message").Text("zh").ShouldContain("luck");
        (await Ask(grid, "/v1/rulebooks")).GetProperty("inForce").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task AddsUpToThePopulationAtEveryMomentOfItsSweep()
    {
        await using var grid = await Populated();
        var seen = new HashSet<int>();
        var publishing = Publish(grid, new { replace = new[] { File("buyers", Buyers) }, remove = new[] { "high-ticket" } });
        do
        {
            var sweep = (await Ask(grid, "/v1/rulebooks")).GetProperty("sweep");
            sweep.GetProperty("byRulebook").EnumerateArray().Sum(one => one.GetProperty("customers").GetInt32()).ShouldBe(Customers);
            seen.Add(sweep.GetProperty("moved").GetInt32());
            foreach (var share in (await Ask(grid, "/v1/segments/lifecycle")).GetProperty("byRulebook").EnumerateArray())
                share.GetProperty("counts").EnumerateArray().Sum(layer => layer.GetProperty("count").GetInt32())
                    .ShouldBe(share.GetProperty("customers").GetInt32());
        }
        while (!publishing.IsCompleted || !await grid.IsMigrated());

        await publishing;
        seen.Add((await Ask(grid, "/v1/rulebooks")).GetProperty("sweep").GetProperty("moved").GetInt32());
        seen.ShouldContain(Customers);
        await ShouldAddUp(grid);
    }

    private static async Task<GridApplication> Populated()
    {
        var grid = await GridApplication.Start();
        for (var customer = 0; customer < Customers; customer++)
        {
            var (name, at) = ($"c{customer}", grid.Now);
            var orders = Enumerable.Range(0, 1 + customer % 3)
                .Select(order => new OrderPaid(at, MessageKey.From($"{name} {order}"), $"{name}-{order}", 100 + customer));
            await grid.Record(name, [.. orders]);
        }

        await grid.PublishBaseline();
        return grid;
    }

    private static object File(string id, string yaml) => new { file = $"{id}.yaml", yaml };

    private static async Task<JsonElement> Publish(GridApplication grid, object request)
    {
        var answer = await grid.Http.PostAsJsonAsync("/v1/rulebooks", request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<JsonElement> Ask(GridApplication grid, string question) => grid.Http.GetFromJsonAsync<JsonElement>(question);

    private static async Task<Dictionary<string, int>> Counts(GridApplication grid, string scheme)
    {
        await grid.Counted();
        return (await Ask(grid, $"/v1/segments/{scheme}")).GetProperty("counts").EnumerateArray()
            .ToDictionary(layer => layer.Text("layer")!, layer => layer.GetProperty("count").GetInt32());
    }

    private static async Task ShouldAddUp(GridApplication grid)
    {
        var audit = await grid.Of<Auditor>().Audit(CancellationToken.None);
        (audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((0, 0, 0));
    }
}
