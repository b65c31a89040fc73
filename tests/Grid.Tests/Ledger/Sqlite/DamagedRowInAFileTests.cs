using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Grid.Model.Customers;
using Grid.Tests.Ledger.Contract;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

public sealed class DamagedRowInAFileTests : DamagedRowContract
{
    private readonly SqliteStore _store = new();

    private protected override string FlippedBit =>
        "CAST(substr(state, 1, length(state) - 1) || CASE substr(state, -1) WHEN x'2A' THEN '+' ELSE '*' END AS BLOB)";

    private protected override string CutOff => "substr(state, 1, 3)";

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task HeadIsReadFromItsRow()
    {
        var shopper = new Shopper("ada");
        var ledger = await _store.OpenFile();
        await ledger.Commit(shopper.Buys(Shopper.Start));
        var change = shopper.Buys(Shopper.Start.Plus(1));
        await ledger.Commit(change);
        await Close(ledger);
        using (var file = Database.Open(_store.File, readOnly: false)) file.Execute("UPDATE heads SET due_at = due_at + 1");

        var head = (await HeadsOf.Everyone(await _store.OpenFile()))[shopper.Id];
        (head.Version, head.DueAt).ShouldBe((change.Version, change.DueAt));
        head.Measures.ShouldBe(change.Measures);
    }

    [Fact]
    public async Task HeadOfADamagedRowIsLeftOutAndTold()
    {
        var ledger = await _store.OpenFile();
        foreach (var name in (string[])["ada", "bob"]) await ledger.Commit(new Shopper(name).Buys());
        await Close(ledger);
        using (var file = Database.Open(_store.File, readOnly: false))
            file.Execute("UPDATE heads SET head = x'02' WHERE id = 'ada'; UPDATE customers SET state = x'02' WHERE id = 'ada'");

        var again = await _store.OpenFile();
        var (known, damaged) = (new List<string>(), new List<string>());
        for (var partition = 0; partition < PartitionOf.Count; partition++)
        {
            using var scan = await again.ScanHeads(partition, TestContext.Current.CancellationToken);
            await foreach (var head in scan.Heads) known.Add(head.Customer.Value);
            damaged.AddRange(scan.Damaged.Select(damage => damage.Customer!.Value.Value));
        }

        known.ShouldBe(["bob"]);
        damaged.ShouldBe(["ada"]);
    }

    private protected override async Task<ILedger> Open() => await _store.OpenFile();

    private protected override async Task Close(ILedger ledger)
    {
        var file = (SqliteLedger)ledger;
        await file.BeginCheckpoint();
        while (file.Statistics.Checkpoints == 0) await Task.Yield();
        await file.DisposeAsync();
    }

    private protected override Task Alter(CustomerId customer, string column, string change)
    {
        using var file = Database.Open(_store.File, readOnly: false);
        file.Execute($"UPDATE customers SET {column} = {change} WHERE id = '{customer}'");
        return Task.CompletedTask;
    }
}
