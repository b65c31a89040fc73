using System.Text.Json.Nodes;
using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Ledger.Memory;
using Grid.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

/// <summary>GrainCalls repeats a call whose outcome is unknown.</summary>
public sealed class PublicationWhoseAnswerWasLostTests
{
    [Fact]
    public async Task KeepsItsNumberAndLeavesInForceWhatAnotherPublishedSince()
    {
        await using var grid = await GridApplication.Start();
        var rulebooks = grid.Of<IGrainFactory>().Rules();
        var files = (await rulebooks.History())[0].Files;
        var anns = new Publication(Without(files, 1), "ann", null, PublicationOrigin.Api) { Identity = "a" };
        var bens = new Publication(Without(files, 2), "ben", null, PublicationOrigin.Api) { Identity = "b" };
        (await rulebooks.Publish(anns)).Number.ShouldBe(2);
        (await rulebooks.Publish(bens)).Number.ShouldBe(3);

        var again = await rulebooks.Publish(anns);

        (again.Number, again.Author).ShouldBe((2, "ann"));
        (await rulebooks.History()).Select(published => published.Author).ShouldBe(["files", "ann", "ben"]);
        (await InForce(grid)).ShouldBe(3);

        // Another user intentionally publishes the same files again.
        (await rulebooks.Publish(anns with { Identity = "c" })).Number.ShouldBe(4);
        (await InForce(grid)).ShouldBe(4);
    }

    [Fact]
    public async Task OfTheFilesInForceIsAnsweredWithTheirNumberAlsoLater()
    {
        await using var grid = await GridApplication.Start();
        var rulebooks = grid.Of<IGrainFactory>().Rules();
        var files = (await rulebooks.History())[0].Files;
        var same = new Publication(files, "ann", null, PublicationOrigin.Api) { Identity = "a" };
        (await rulebooks.Publish(same)).Number.ShouldBe(1);
        (await rulebooks.Publish(new Publication(Without(files, 1), "ben", null, PublicationOrigin.Api))).Number.ShouldBe(2);

        (await rulebooks.Publish(same)).Number.ShouldBe(1);

        (await rulebooks.History()).Count.ShouldBe(2);
        (await InForce(grid)).ShouldBe(2);
    }

    [Fact]
    public async Task IsForgottenAfterManyOthers()
    {
        await using var grid = await GridApplication.Start();
        var rulebooks = grid.Of<IGrainFactory>().Rules();
        var files = (await rulebooks.History())[0].Files;
        var first = new Publication(Without(files, 1), "ann", null, PublicationOrigin.Api) { Identity = "first" };
        await rulebooks.Publish(first);
        for (var other = 0; other < GridLimits.PublicationsRememberedMax; other++)
            await rulebooks.Publish(new Publication(files, "ben", null, PublicationOrigin.Api) { Identity = $"{other}" });

        (await rulebooks.Publish(first)).Number.ShouldBe(4);
    }

    [Fact]
    public async Task IsPublishedOnAHistoryOfABuildThatRememberedNone()
    {
        await using var ledger = new MemoryLedger();
        await using (await GridApplication.Start(ledger))
        {
            // The ledger already has its rulebook.
        }

        var older = JsonNode.Parse((await ledger.StoredState("rulebook", "grid")).ShouldNotBeNull())!.AsObject();
        older.Remove("answered").ShouldBeTrue();
        await ledger.ReplaceState("rulebook", "grid", older.ToJsonString());
        await using var grid = await GridApplication.Start(ledger);
        var rulebooks = grid.Of<IGrainFactory>().Rules();
        var publication = new Publication(Without((await rulebooks.History())[0].Files, 1), "ann", null, PublicationOrigin.Api) { Identity = "a" };

        (await rulebooks.Publish(publication)).Number.ShouldBe(2);
        (await rulebooks.Publish(publication)).Number.ShouldBe(2);
    }

    private static async Task<int> InForce(GridApplication grid) => (await grid.Of<IGrainFactory>().Rules().InForce()).ShouldNotBeNull().Rulebook;

    /// <summary>The files without some schemes to which no other file refers.</summary>
    private static IReadOnlyList<SchemeSource> Without(IReadOnlyList<SchemeSource> files, int count)
    {
        string[] single = ["gender", "education"];
        return [.. files.Where(file => !single.Take(count).Any(name => file.File.Contains(name, StringComparison.Ordinal)))];
    }
}
