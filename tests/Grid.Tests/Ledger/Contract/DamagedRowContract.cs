using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

/// <summary>Reading a damaged row fails and names its customer; reading other rows succeeds.</summary>
public abstract class DamagedRowContract : IAsyncDisposable
{
    private readonly Shopper[] _shoppers = [.. Enumerable.Range(0, 12).Select(n => new Shopper($"c{n}"))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CustomerId Damaged => _shoppers[4].Id;

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<ILedger> Open();

    /// <summary>Writes the rows of an open ledger to storage and closes it.</summary>
    private protected abstract Task Close(ILedger ledger);

    /// <summary>Changes the row of a customer, while the ledger is closed.</summary>
    /// <param name="column">A column of the row.</param>
    /// <param name="change">The new value, in the store's own SQL.</param>
    private protected abstract Task Alter(CustomerId customer, string column, string change);

    /// <summary>Flips the last bit of the state, which still decodes.</summary>
    private protected abstract string FlippedBit { get; }

    private protected abstract string CutOff { get; }

    [Fact]
    public async Task WhoseStateHasAFlippedBitIsNamedAndTheOthersAreRead()
    {
        await Fill();
        await Alter(Damaged, "state", FlippedBit);
        await ShouldBeFound("checksum");
    }

    [Fact]
    public async Task WhoseStateIsCutOffIsNamedAndTheOthersAreRead()
    {
        await Fill();
        await Alter(Damaged, "state", CutOff);
        await ShouldBeFound("");
    }

    [Fact]
    public async Task WhoseDeadlineIsAnotherIsNamed()
    {
        await Fill();
        await Alter(Damaged, "due_at", "due_at + 1");
        await ShouldBeFound("deadline");
    }

    [Fact]
    public async Task WhoseVersionIsAnotherIsNamed()
    {
        await Fill();
        await Alter(Damaged, "version", "version + 1");
        await ShouldBeFound("version");
    }

    [Fact]
    public async Task WithoutAChecksumIsReadAsBefore()
    {
        await Fill();
        await Alter(Damaged, "checksum", "NULL");
        var ledger = await Open();
        (await ledger.Load(Damaged, Cancellation)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    [Fact]
    public async Task WithTheChecksumOfAnEarlierVersionIsReadAsABuildWithoutChecksumsWroteIt()
    {
        await Fill();
        await Alter(Damaged, "checksum", "checksum - 4294967296");
        var ledger = await Open();
        (await ledger.Load(Damaged, Cancellation)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    private async Task Fill()
    {
        var ledger = await Open();
        foreach (var shopper in _shoppers)
            for (var turn = 0; turn < 2; turn++)
                (await ledger.Commit(shopper.Buys(Shopper.Start))).ShouldBeOfType<Committed>();
        await Close(ledger);
    }

    private async Task ShouldBeFound(string why)
    {
        var ledger = await Open();
        var failures = await Task.WhenAll(_shoppers.Select(shopper => Failure(ledger, shopper.Id)));
        for (var n = 0; n < _shoppers.Length; n++)
        {
            if (_shoppers[n].Id != Damaged)
            {
                failures[n].ShouldBeNull();
                continue;
            }

            var failure = failures[n].ShouldNotBeNull();
            (failure.Kind, failure.Customer).ShouldBe((FailureKind.Permanent, Damaged));
            failure.Message.ShouldContain(Damaged.Value);
            failure.Message.ShouldContain(why);
        }

        using var scan = await ledger.Scan(Cancellation);
        var damaged = new List<CustomerId>();
        (await scan.SoundRows(damaged.Add, Cancellation).CountAsync(Cancellation)).ShouldBe(_shoppers.Length - 1);
        damaged.ShouldBe([Damaged]);
        var thrown = await Should.ThrowAsync<LedgerException>(async () => await scan.Rows.CountAsync(Cancellation));
        thrown.Customer.ShouldBe(Damaged);
    }

    private static async Task<LedgerException?> Failure(ILedger ledger, CustomerId customer)
    {
        try
        {
            await ledger.Load(customer, Cancellation);
            return null;
        }
        catch (LedgerException failure)
        {
            return failure;
        }
    }
}
