using Grid.Ledger;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class DueContract : LedgerContract
{
    private protected DueContract(ILedgerStore store)
        : base(store)
    {
    }

    // A bound so small that most deadlines are in rows and some are not.
    protected override LedgerLimits Limits => new() { MemTableRowsMax = 8 };

    [Fact]
    public async Task NothingIsDueInAnEmptyLedger()
    {
        (await Ledger.Due(new Instant(long.MaxValue - 1), 10, Cancellation)).ShouldBeEmpty();
        (await Ledger.NextDue(Cancellation)).ShouldBe(Instant.Never);
    }

    [Fact]
    public async Task EarliestComeFirstUpToTheInstantAndTheLimit()
    {
        for (var n = 0; n < 50; n++) await Committed(new Shopper($"c{n}").Buys(n % 5 == 0 ? Instant.Never : Due(n * 37 % 50)));
        var expected = Enumerable.Range(0, 50)
            .Where(n => n % 5 != 0)
            .Select(n => new { Id = $"c{n}", At = n * 37 % 50 })
            .OrderBy(due => due.At)
            .ToArray();
        var due = await Ledger.Due(Due(30), 1_000, Cancellation);
        due.Select(item => item.Customer.Value).ShouldBe(expected.Where(item => item.At <= 30).Select(item => item.Id));
        (await Ledger.Due(Due(30), 4, Cancellation)).Select(item => item.Customer.Value).ShouldBe(expected.Take(4).Select(item => item.Id));
        (await Ledger.NextDue(Cancellation)).ShouldBe(Due(expected[0].At));
    }

    [Fact]
    public async Task NewestDeadlineOfACustomerCounts()
    {
        var shoppers = Enumerable.Range(0, 30).Select(n => new Shopper($"c{n}")).ToArray();
        foreach (var shopper in shoppers) await Committed(shopper.Buys(Due(1)));
        await Committed(shoppers[3].Buys(Due(100)));
        await Committed(shoppers[4].Buys(Instant.Never));
        await Committed(shoppers[5].Buys(Due(0)));
        var due = await Ledger.Due(Due(50), 1_000, Cancellation);
        due.Count.ShouldBe(28);
        due[0].Customer.Value.ShouldBe("c5");
        due.ShouldNotContain(item => item.Customer.Value == "c3" || item.Customer.Value == "c4");
    }

    private static Instant Due(int days) => Shopper.Start.Plus(days * MillisecondsPer.Day);
}
