using System.Text.Json.Nodes;
using Grid.Grains.Audits;
using Grid.Tests.Erasures;
using Grid.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

/// <summary>Counts that belong to another log: the segments count again, and the server's log reports it.</summary>
public abstract class ForeignCounts : IAsyncDisposable
{
    private const string Scheme = "lifecycle";
    private readonly KeptLedger _ledger;
    private int _runs;

    private protected ForeignCounts(KeptLedger ledger) => _ledger = ledger;

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task BeyondTheEndOfTheLogAreCountedAgain()
    {
        await Buy(customers: 5);
        await Change(state => state["position"] = Later(state["position"]!.GetValue<string>(), 1_000));

        await ShouldBeRight(warned: "another log");
        await ShouldBeRight(warned: null);
    }

    [Fact]
    public async Task OfAnotherHistoryAreCountedAgain()
    {
        await Buy(customers: 5);
        string? others = null;
        await using (var other = new KeptInAFile())
        {
            await other.Run(async grid =>
            {
                for (var n = 0; n < 3; n++) await grid.Order($"other{n}");
                await grid.Counted();
            });
            await other.Look(async ledger => others = await ledger.StoredState("segment", Scheme));
        }

        await Change(state =>
        {
            foreach (var name in new[] { "counts", "mark" }) state[name] = JsonNode.Parse(others!)![name]!.DeepClone();
        });

        await ShouldBeRight(warned: "another log");
    }

    [Fact]
    public async Task ThatCannotBeReadAreCountedAgain()
    {
        await Buy(customers: 5);
        await _ledger.Look(ledger => ledger.ReplaceState("segment", Scheme, "{\"position\":\"12\",\"counts\":{\"lo"));

        await ShouldBeRight(warned: "cannot be read");
        await ShouldBeRight(warned: null);
    }

    [Fact]
    public async Task OfABuildThatStoredNoMarkAreTaken()
    {
        await Buy(customers: 5);
        await Change(state => state.Remove("mark").ShouldBeTrue());

        await ShouldBeRight(warned: null);
    }

    [Fact]
    public async Task StayRightWhenTheLastWhoMovedIsErased()
    {
        await Buy(customers: 5);
        await _ledger.Run(async grid =>
        {
            (await grid.Http.DeleteAsync("/v1/customers/c4")).EnsureSuccessStatusCode();
            await grid.Counted();
        });

        await ShouldBeRight(warned: null);
    }

    private static string Later(string position, int by) =>
        string.Join('.', position.Split('.').Select(lane => $"{long.Parse(lane) + by}"));

    private Task Buy(int customers) => _ledger.Run(async grid =>
    {
        for (var n = 0; n < customers; n++) await grid.Order($"c{n}");
        await grid.Counted();
    });

    private Task Change(Action<JsonObject> change) => _ledger.Look(async ledger =>
    {
        var state = JsonNode.Parse((await ledger.StoredState("segment", Scheme)).ShouldNotBeNull())!.AsObject();
        change(state);
        await ledger.ReplaceState("segment", Scheme, state.ToJsonString());
    });

    private Task ShouldBeRight(string? warned) => _ledger.Run(async grid =>
    {
        await grid.Browse($"browser {++_runs}");
        await grid.Counted();
        (await grid.Of<Auditor>().Audit(TestContext.Current.CancellationToken)).Difference.ShouldBe(0);
        var warnings = grid.Warnings.Where(warning => warning.Contains($"counts of {Scheme}")).ToList();
        if (warned is null) warnings.ShouldBeEmpty();
        else warnings.ShouldHaveSingleItem().ShouldContain(warned);
    });
}

public sealed class ForeignCountsInAFile() : ForeignCounts(new KeptInAFile());

public sealed class ForeignCountsOnPostgres() : ForeignCounts(new KeptOnPostgres());
