using Grid.Ledger;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class RejectContract : LedgerContract
{
    private protected RejectContract(ILedgerStore store)
        : base(store)
    {
    }

    protected override LedgerLimits Limits => new() { RejectsKeptMax = 5, RejectRawBytesMax = 4 };

    [Fact]
    public async Task RejectComesBackAsItWasKept()
    {
        var reject = new Reject(new Instant(5), null, null, "金额 is negative", "batch[3].properties.total", [1, 2, 3]);
        await Ledger.Reject([reject]);
        var kept = (await Ledger.Rejects(0, 10, Cancellation)).ShouldHaveSingleItem();
        kept.Item.Raw.ShouldBe(reject.Raw);
        (kept.Item with { Raw = reject.Raw }).ShouldBe(reject);
    }

    [Fact]
    public async Task RawBytesAreShortenedToTheLimit()
    {
        await Ledger.Reject([Some(1) with { Raw = [1, 2, 3, 4, 5, 6] }]);
        (await Ledger.Rejects(0, 10, Cancellation))[0].Item.Raw.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task OldestAreDroppedBeyondTheLimit()
    {
        await Ledger.Reject([.. Enumerable.Range(1, 4).Select(Some)]);
        await Ledger.Reject([.. Enumerable.Range(5, 4).Select(Some)]);
        (await Ledger.Rejects(0, 100, Cancellation)).Select(kept => kept.Item.Reason).ShouldBe(["4", "5", "6", "7", "8"]);
    }

    [Fact]
    public async Task ReadingGoesOnAfterTheLastSeen()
    {
        await Ledger.Reject([.. Enumerable.Range(1, 5).Select(Some)]);
        var first = await Ledger.Rejects(0, 2, Cancellation);
        var rest = await Ledger.Rejects(first[^1].Sequence, 10, Cancellation);
        first.Concat(rest).Select(kept => kept.Item.Reason).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    private static Reject Some(int number) => new(new Instant(number), "ada", $"m{number}", $"{number}", "batch[0]", []);
}
