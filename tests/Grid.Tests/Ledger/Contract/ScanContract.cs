using System.Text;
using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class ScanContract : LedgerContract
{
    private protected ScanContract(ILedgerStore store)
        : base(store)
    {
    }

    // A bound so small that rows come from the file, from a checkpoint under way and from memory.
    protected override LedgerLimits Limits => new() { MemTableRowsMax = 20, SliceRowsMax = 3 };

    [Fact]
    public async Task EmptyLedgerHasNoRows()
    {
        using var scan = await Ledger.Scan(Cancellation);
        scan.Position.ShouldBe(LogPosition.Start);
        (await Rows(scan)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RowsComeInTheOrderOfTheirBytes()
    {
        string[] ids = ["b", "a", "用户", "\ue000", "\ufffd", "🙂", "𐍈", "é", "ab", "B", "zz"];
        var written = new Dictionary<string, CustomerChange>();
        foreach (var id in ids) written[id] = await Committed(new Shopper(id).Buys());
        using var scan = await Ledger.Scan(Cancellation);
        var rows = await Rows(scan);
        var expected = ids.OrderBy(id => Convert.ToHexString(Encoding.UTF8.GetBytes(id)), StringComparer.Ordinal);
        rows.Select(row => row.Customer.Value).ShouldBe(expected);
        rows.ShouldAllBe(row => row.State.SequenceEqual(written[row.Customer.Value].State));
    }

    [Fact]
    public async Task RowsAreThoseOfItsPositionWhileOthersCommit()
    {
        // Each change makes one transition, so that the versions of all rows must add up to the position.
        var shoppers = Enumerable.Range(0, 8).Select(n => Enumerable.Range(0, 12).Select(m => new Shopper($"c{n}-{m}")).ToArray()).ToArray();
        var turns = new int[shoppers.Length];
        await using var writers = new WritersBeside(shoppers.Length, writer =>
            Committed(shoppers[writer][turns[writer]++ % 12].Buys(null, "journey - first")));
        var seen = new List<long>();
        while (seen.Count(sum => sum > 0) < 15)
        {
            writers.Let(100);
            using var scan = await Ledger.Scan(Cancellation);
            var rows = await Rows(scan);
            rows.Sum(row => row.Version).ShouldBe(Transitions(scan.Position));
            seen.Add(Transitions(scan.Position));
        }

        await writers.End();
        seen.ShouldBe(seen.Order());
    }

    [Fact]
    public async Task RowsCanBeReadAgainAndAreTheSame()
    {
        for (var n = 0; n < 30; n++) await Committed(new Shopper($"c{n}").Buys());
        using var scan = await Ledger.Scan(Cancellation);
        var first = await Rows(scan);
        await Committed(new Shopper("late").Buys());
        (await Rows(scan)).Select(row => (row.Customer, row.Version)).ShouldBe(first.Select(row => (row.Customer, row.Version)));
    }

    private static async Task<List<CustomerRow>> Rows(LedgerScan scan)
    {
        var rows = new List<CustomerRow>();
        await foreach (var row in scan.Rows.WithCancellation(Cancellation)) rows.Add(row);
        return rows;
    }
}
