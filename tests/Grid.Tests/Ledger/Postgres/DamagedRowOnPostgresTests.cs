using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Tests.Ledger.Contract;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

public sealed class DamagedRowOnPostgresTests : DamagedRowContract
{
    private readonly PostgresStore _store = new();

    private protected override string FlippedBit => "set_byte(state, length(state) - 1, get_byte(state, length(state) - 1) # 1)";

    private protected override string CutOff => "substring(state FROM 1 FOR 3)";

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task HeadOfADamagedRowIsLeftOutAndTold()
    {
        var ledger = await _store.Open();
        foreach (var name in (string[])["ada", "bob"]) await ledger.Commit(new Shopper(name).Buys());
        await Alter(new CustomerId("ada"), "state", CutOff);

        var (known, damaged) = (new List<string>(), new List<string>());
        for (var partition = 0; partition < PartitionOf.Count; partition++)
        {
            using var scan = await ledger.ScanHeads(partition, TestContext.Current.CancellationToken);
            await foreach (var head in scan.Heads) known.Add(head.Customer.Value);
            damaged.AddRange(scan.Damaged.Select(damage => damage.Customer!.Value.Value));
        }

        known.ShouldBe(["bob"]);
        damaged.ShouldBe(["ada"]);
    }

    private protected override Task<ILedger> Open() => _store.Open();

    private protected override async Task Close(ILedger ledger) => await ledger.DisposeAsync();

    private protected override async Task Alter(CustomerId customer, string column, string change) =>
        await SharedPostgres.Execute(await _store.ConnectionString(), $"UPDATE customers SET {column} = {change} WHERE id = '{customer}'");
}
