using Grid.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class RecordsContract : LedgerContract
{
    private protected RecordsContract(ILedgerStore store)
        : base(store)
    {
    }

    private IStateRecords Records => (IStateRecords)Ledger;

    [Fact]
    public async Task WrittenRecordIsReadWithItsTag()
    {
        var tag = await Written([1, 2], null);
        var record = (await Records.Read("note", "rfm8", Cancellation)).ShouldNotBeNull();
        record.Payload.ShouldBe([1, 2]);
        record.Tag.ShouldBe(tag);
        (await Records.Read("note", "journey", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task LateWriterGetsTheActualTagAndChangesNothing()
    {
        var first = await Written([1], null);
        var second = await Written([2], first);
        (await Records.Write("note", "rfm8", new byte[] { 3 }, first)).ShouldBe(new RecordConflict(second));
        (await Records.Write("note", "rfm8", new byte[] { 3 }, null)).ShouldBe(new RecordConflict(second));
        (await Records.Read("note", "rfm8", Cancellation))!.Payload.ShouldBe([2]);
    }

    [Fact]
    public async Task ClearedRecordIsGoneAndItsTagsNeverReturn()
    {
        var first = await Written([1], null);
        (await Records.Clear("note", "rfm8", first)).ShouldBe(new RecordWritten(null));
        (await Records.Read("note", "rfm8", Cancellation)).ShouldBeNull();
        (await Records.Write("note", "rfm8", new byte[] { 9 }, first)).ShouldBe(new RecordConflict(null));
        (await Written([2], null)).ShouldNotBe(first);
    }

    private async Task<string> Written(byte[] payload, string? tag) =>
        (await Records.Write("note", "rfm8", payload, tag)).ShouldBeOfType<RecordWritten>().Tag.ShouldNotBeNull();
}
