using System.Text.Json;
using System.Text.RegularExpressions;
using Grid.Grains.Rules;
using Grid.Ledger.Memory;
using Grid.Model.Facts;
using Grid.Model.Transitions;
using Grid.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

/// <summary>
/// Files of a stored rulebook that this build reads in another way come into force again under the next number: no layer changes without a transition.
/// </summary>
public sealed partial class StoredInAnEarlierLanguageTests
{
    private const string Yaml = """
        id: area
        name: { zh: 地区, en: Area }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: "out", name: { zh: 外, en: Outside }, playbook: { zh: 等待, en: Wait } }
          - { id: "in", name: { zh: 内, en: Inside }, playbook: { zh: 邀请, en: Invite } }
        rules:
          - { layer: "in", when: 'trait(area) = 010' }
          - { layer: "out" }
        """;

    // Before literals in quotes were texts, both files meant the same.
    private static readonly string Quoted = Yaml.Replace("'trait(area) = 010'", "'trait(area) = \"010\"'");

    [Fact]
    public async Task MovesCustomersWithATransition()
    {
        var ledger = new MemoryLedger();
        await using (var before = await GridApplication.Start(ledger, schemes: [new SchemeSource("area.yaml", Yaml)]))
        {
            await before.Record("c", new TraitsSet(before.Now, MessageKey.From("m"), [new Trait("area", TraitValue.OfText("10"))]));
        }

        await Rewrite(ledger, stored => Language().Replace(stored.Replace(Written(Yaml), Written(Quoted)), "${key}0"));
        await using var grid = await GridApplication.Start(ledger, schemes: [new SchemeSource("area.yaml", Quoted)]);
        await grid.Migrated();

        var log = await grid.Log();
        log.Select(one => (one.Transition.From, one.Transition.To, one.Transition.Cause.Kind)).ShouldBe(
            [(null, "in", CauseKind.Event), ("in", "out", CauseKind.Rulebook)]);
        log[^1].Transition.Cause.Number.ShouldBe(2);
        (await ledger.StoredState("rulebook", "grid")).ShouldNotBeNull().ShouldContain("as this version reads it");
    }

    [Fact]
    public async Task StaysAsItIsInTheLanguageOfThisBuild()
    {
        var ledger = new MemoryLedger();
        for (var start = 0; start < 2; start++)
        {
            await using var grid = await GridApplication.Start(ledger, schemes: [new SchemeSource("area.yaml", Yaml)]);
        }

        (await ledger.StoredState("rulebook", "grid")).ShouldNotBeNull().ShouldNotContain("as this version reads it");
    }

    private static async Task Rewrite(MemoryLedger ledger, Func<string, string> change)
    {
        var stored = (await ledger.StoredState("rulebook", "grid")).ShouldNotBeNull();
        var changed = change(stored);
        changed.ShouldContain(Written(Quoted));
        Language().Match(changed).Value.ShouldEndWith("0");
        await ledger.ReplaceState("rulebook", "grid", changed);
    }

    private static string Written(string text) => JsonSerializer.Serialize(text)[1..^1];

    [GeneratedRegex("(?<key>\"language\":)[01]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Language();
}
