using System.Net;
using System.Text;
using System.Text.Json;
using Grid.Grains.Rules;
using Grid.Ledger.Memory;
using Grid.Model;
using Grid.Rulebooks.Compiling;
using Grid.Tests.Api;
using Grid.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

/// <summary>A stored rulebook that this build would not publish stays in force, and the next publication must be correct.</summary>
public sealed class StoredByALaxerBuildTests
{
    private const string Yaml = """
        id: spender
        name: { zh: 消费, en: Spender }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: none, name: { zh: 无, en: None }, playbook: { zh: 等待, en: Wait } }
          - { id: some, name: { zh: 有, en: Some }, playbook: { zh: 感谢, en: Thank } }
          - { id: many, name: { zh: 多, en: Many }, playbook: { zh: 邀请, en: Invite } }
        rules:
          - { layer: many, when: orders >= 21 }
          - { layer: some, when: { any: [spend >= 77.77, orders >= 20] } }
          - layer: none
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("77.77", "77.774", "some")]
    [InlineData("orders >= 21", "{ all: [orders >= 21, orders <= 3] }", "some")]
    [InlineData("orders >= 21", "spend >= 0.001", "many")]
    public async Task StaysInForceAndIsNotPublishedAgain(string from, string to, string layer)
    {
        var refused = Yaml.Replace(from, to);
        RulebookFiles.Compile([new SchemeSource("spender.yaml", refused)], Currency.Cny).Faults.ShouldNotBeEmpty();
        var ledger = new MemoryLedger();
        await using (await GridApplication.Start(ledger, schemes: [new SchemeSource("spender.yaml", Yaml)]))
        {
            // The rulebook only needs to be stored.
        }

        await Replace(ledger, refused);
        await using var grid = await GridApplication.Start(ledger, schemes: [new SchemeSource("spender.yaml", refused)]);
        await grid.Order("c", 77_77);

        var explained = JsonDocument.Parse(await grid.Http.GetStringAsync("/v1/customers/c/explain?scheme=spender", Cancellation)).RootElement;
        explained.Text("layer").ShouldBe(layer);
        var published = await Publish(grid, refused);
        published.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Publish(grid, Yaml)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void IsStillRefusedWhenItCannotBeEvaluated()
    {
        var meaningless = Yaml.Replace("orders >= 20]", "moods >= 20]");
        var compiled = RulebookFiles.CompileStored([new SchemeSource("spender.yaml", meaningless)], Currency.Cny, ConditionLanguage.Current);
        (compiled.Content, compiled.Faults.Count).ShouldBe((null, 1));
    }

    [Fact]
    public void IsReadWhereAPublicationWouldBeRefused()
    {
        var files = new[] { new SchemeSource("spender.yaml", Yaml.Replace("77.77", "77.774")) };
        RulebookFiles.CompileStored(files, Currency.Cny, ConditionLanguage.Current).Content.ShouldNotBeNull();
        RulebookFiles.Compile(files, Currency.Cny).Faults.ShouldHaveSingleItem().Text.En.ShouldContain("77.774");
    }

    private static async Task<HttpResponseMessage> Publish(GridApplication grid, string yaml)
    {
        var request = JsonSerializer.Serialize(new { files = new[] { new { file = "spender.yaml", yaml } }, author = "tester" });
        return await grid.Http.PostAsync("/v1/rulebooks", new StringContent(request, Encoding.UTF8, "application/json"), Cancellation);
    }

    /// <summary>Stores the files as a build would that found no fault in them.</summary>
    private static async Task Replace(MemoryLedger ledger, string yaml)
    {
        var stored = (await ledger.StoredState("rulebook", "grid")).ShouldNotBeNull().Replace(Written(Yaml), Written(yaml));
        stored.ShouldContain(Written(yaml));
        await ledger.ReplaceState("rulebook", "grid", stored);
    }

    private static string Written(string text) => JsonSerializer.Serialize(text)[1..^1];
}
