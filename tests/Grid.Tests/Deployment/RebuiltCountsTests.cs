using System.Text.Json.Nodes;
using Grid.Grains.Audits;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Tests.Ledger;
using Grid.Tests.Ledger.Postgres;
using Shouldly;
using Xunit;
using Database = Grid.Ledger.Sqlite.Database;

namespace Grid.Tests.Deployment;

/// <summary>Wrong counts, and the statement in the runbook that makes the segments count again.</summary>
public sealed class RebuiltCountsTests
{
    private const string Scheme = "lifecycle";

    private static string Statement => Runbook.Blocks("sql").ShouldHaveSingleItem();

    [Fact]
    public async Task OnAFileAreThoseOfTheLog()
    {
        await using var store = new SqliteStore();

        await ShouldBeRebuilt(
            () => new SqliteLedger(new SqliteLedgerOptions(store.File)),
            () =>
            {
                using var file = Database.Open(store.File, readOnly: false);
                file.Execute(Statement);
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task OnPostgresAreThoseOfTheLog()
    {
        await using var store = new PostgresStore(lanes: 2);
        var connection = await store.ConnectionString();

        await ShouldBeRebuilt(
            () => new PostgresLedger(new PostgresLedgerOptions(connection) { Lanes = 2 }),
            () => SharedPostgres.Execute(connection, Statement));
    }

    private static async Task ShouldBeRebuilt(Func<ILedger> open, Func<Task> rebuild)
    {
        await Run(open, async grid =>
        {
            for (var n = 0; n < 20; n++) await grid.Order($"c{n % 7}");
            await grid.Counted();
            (await Difference(grid)).ShouldBe(0);
        });
        await Spoil(open);
        await Run(open, async grid => (await Difference(grid)).ShouldBe(5));

        await rebuild();

        await Run(open, async grid =>
        {
            (await Difference(grid)).ShouldBe(0);
            var counts = await grid.Http.GetStringAsync(new Uri($"/v1/segments/{Scheme}", UriKind.Relative));
            counts.ShouldContain("\"loyal\"");
            await grid.Order("c8");
            await grid.Counted();
            (await Difference(grid)).ShouldBe(0);
        });
    }

    private static async Task<long> Difference(GridApplication grid) =>
        (await grid.Of<Auditor>().Audit(TestContext.Current.CancellationToken)).Difference;

    private static async Task Run(Func<ILedger> open, Func<GridApplication, Task> use)
    {
        await using var ledger = open();
        await using var grid = await GridApplication.Start(ledger);
        await use(grid);
    }

    /// <summary>Adds five customers to a count, as a defect might.</summary>
    private static async Task Spoil(Func<ILedger> open)
    {
        await using var ledger = open();
        await ledger.Open(TestContext.Current.CancellationToken);
        var states = (IStateDatabase)ledger;
        var state = JsonNode.Parse((await states.StoredState("segment", Scheme)).ShouldNotBeNull())!;
        var counts = state["counts"] ?? state["Counts"]!;
        counts["loyal"] = counts["loyal"]!.GetValue<long>() + 5;
        await states.ReplaceState("segment", Scheme, state.ToJsonString());
    }
}
