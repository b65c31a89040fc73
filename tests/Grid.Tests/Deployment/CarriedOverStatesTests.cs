using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Rules;
using Grid.Tests.Erasures;
using Grid.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A ledger from a build that kept the states of grains among the records.</summary>
public sealed class CarriedOverStatesTests
{
    private const string Outbox = "DROP TABLE trigger_positions; DROP TABLE deliveries; DROP TABLE delivery_days; ";

    [Fact]
    public async Task OfAFileAreThoseOfBefore()
    {
        await using var ledger = new KeptInAFile();

        await ShouldBeCarriedOver(
            ledger,
            Outbox + "DROP INDEX rejects_by_customer; DROP TABLE grain_states; DROP TABLE OrleansQuery; "
            + "ALTER TABLE customers DROP COLUMN checksum; PRAGMA user_version = 2");
    }

    [Fact]
    public async Task OfADatabaseAreThoseOfBefore()
    {
        await using var ledger = new KeptOnPostgres();

        await ShouldBeCarriedOver(
            ledger,
            Outbox + "DROP INDEX rejects_by_customer; DROP TABLE grain_states; DELETE FROM OrleansQuery WHERE QueryKey LIKE '%Storage%'; "
            + "ALTER TABLE customers DROP COLUMN checksum; UPDATE schema_version SET number = 4");
    }

    private static async Task ShouldBeCarriedOver(KeptLedger ledger, string undo)
    {
        await ledger.Run(async grid =>
        {
            var files = (await grid.Of<IGrainFactory>().Rules().History())[0].Files;
            await grid.Of<RulebookPublisher>().Publish(
                new Publication([.. files.Skip(1)], "ann", null, PublicationOrigin.Api), TestContext.Current.CancellationToken);
            for (var n = 0; n < 20; n++) await grid.Order($"c{n % 7}");
            await grid.Counted();
        });
        await ledger.Look(async states =>
        {
            // Five more than the log has, so that carried-over counts differ from recounted ones.
            var counts = (await states.StoredState("segment", "lifecycle")).ShouldNotBeNull().Replace("\"loyal\":7", "\"loyal\":12");
            counts.ShouldContain("\"loyal\":12");
            await states.ReplaceState("segment", "lifecycle", counts);
            if (states.Invariant == "Npgsql") await states.Execute("ALTER TABLE records DROP CONSTRAINT records_are_not_states");
            await states.Execute("INSERT INTO records (name, key, tag, payload) SELECT name, key, version, payload FROM grain_states");
            await states.Execute(undo);
        });

        await ledger.Run(async grid =>
        {
            (await grid.Of<IGrainFactory>().Rules().History()).Select(published => published.Author).ShouldBe(["files", "ann"]);
            (await grid.Of<Auditor>().Audit(TestContext.Current.CancellationToken)).Difference.ShouldBe(5);
            grid.Warnings.ShouldNotContain(warning => warning.Contains("counts"));
        });
        await ledger.Look(async states =>
        {
            (await states.Number("SELECT count(*) FROM records WHERE name <> 'identity'")).ShouldBe(0);
            (await states.StoredState("segment", "lifecycle")).ShouldNotBeNull().ShouldContain("\"loyal\":12");
        });
    }
}
