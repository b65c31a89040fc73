using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Sqlite;

/// <summary>A file that may not grow, as on a full disk.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task RefusesCommitsAsTemporaryAndKeepsWhatItAnswered()
    {
        var ledger = await _store.OpenFile(new LedgerLimits { FileBytesMax = 512 * 1024 });
        var answered = new Dictionary<CustomerId, CustomerChange>();
        LedgerException? failure = null;
        for (var n = 0; failure is null; n++)
        {
            n.ShouldBeLessThan(50_000);
            var change = new Shopper($"c{n}").Buys(null, "journey - first");
            try
            {
                await ledger.Commit(change);
                answered[change.Customer] = change;
            }
            catch (LedgerException thrown)
            {
                failure = thrown;
                (await ledger.Load(change.Customer, Cancellation)).ShouldBeNull();
            }
        }

        failure.Kind.ShouldBe(FailureKind.Temporary);
        failure.Message.ShouldContain("full");
        ledger.Head.ShouldBe(new LogPosition(answered.Count));
        ledger.Statistics.FailedBatches.ShouldBeGreaterThan(0);
        await ledger.DisposeAsync();

        var larger = await _store.OpenFile();
        foreach (var (customer, change) in answered)
            (await larger.Load(customer, Cancellation)).ShouldNotBeNull().State.ShouldBe(change.State);
        larger.Head.ShouldBe(new LogPosition(answered.Count));
        (await larger.Commit(new Shopper("afterwards").Buys())).ShouldBeOfType<Committed>();
    }
}
